#include "mizan/dataset/write/file_output.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "mizan/base/assert.h"
#include "mizan/dataset/write/file_sink.h"

namespace mizan::dataset {
namespace {

constexpr int kGzipLevel = 6;

Result<void> write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(unwritable("standard output", errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

struct FileOutput::State {
  std::string path{};
  std::string part{};
  std::optional<FileSink> sink{};  // none: standard output
  std::optional<z_stream> packer{};

  ~State() {
    if (packer) deflateEnd(&*packer);
    if (!part.empty()) std::remove(part.c_str());
  }

  Result<void> write(std::string_view bytes) { return sink ? sink->append(bytes) : write_out(bytes); }

  Result<void> pack(std::string_view bytes, int flush) {
    std::array<char, 1 << 15> out{};
    packer->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    packer->avail_in = static_cast<uInt>(bytes.size());
    int status = Z_OK;
    do {
      packer->next_out = reinterpret_cast<Bytef*>(out.data());
      packer->avail_out = static_cast<uInt>(out.size());
      status = deflate(&*packer, flush);
      MIZAN_ASSERT(status != Z_STREAM_ERROR);
      MIZAN_CHECK_OK(write({out.data(), out.size() - packer->avail_out}));
    } while (packer->avail_out == 0);
    return {};
  }
};

FileOutput::FileOutput(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileOutput::FileOutput(FileOutput&& other) noexcept = default;
FileOutput::~FileOutput() = default;

Result<FileOutput> FileOutput::create(const std::string& path, const Options& options) {
  auto state = std::make_unique<State>();
  if (path == "-") return FileOutput(std::move(state));
  if (!options.replaces && ::access(path.c_str(), F_OK) == 0)
    return fail(ErrorCode::file_unwritable, "the file is there already", path,
                "choose another name, or say --replace");
  const std::string part = path + ".part";
  std::remove(part.c_str());
  MIZAN_TRY(auto sink, FileSink::create(part, path));
  state->sink.emplace(std::move(sink));
  state->path = path;
  state->part = part;
  if (path.ends_with(".gz")) {
    state->packer.emplace();
    const int status = deflateInit2(&*state->packer, kGzipLevel, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    if (status != Z_OK) return fail(ErrorCode::internal, "zlib cannot be started");
  }
  return FileOutput(std::move(state));
}

Result<void> FileOutput::append(std::string_view bytes) {
  return state_->packer ? state_->pack(bytes, Z_NO_FLUSH) : state_->write(bytes);
}

Result<void> FileOutput::finish() {
  if (state_->packer) MIZAN_CHECK_OK(state_->pack({}, Z_FINISH));
  if (!state_->sink) return {};
  MIZAN_CHECK_OK(state_->sink->finish());
  if (std::rename(state_->part.c_str(), state_->path.c_str()) != 0)
    return fail(unwritable(state_->path, errno));
  state_->part.clear();
  return {};
}

}  // namespace mizan::dataset
