#include "mizan/dataset/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include <arrow/util/compression.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mizan::dataset {
namespace {

constexpr std::size_t kPackedBytes = std::size_t{256} << 10;

arrow::Compression::type packing_of(std::string_view first) {
  if (first.starts_with("\x1F\x8B")) return arrow::Compression::GZIP;
  if (first.starts_with("\x28\xB5\x2F\xFD")) return arrow::Compression::ZSTD;
  return arrow::Compression::UNCOMPRESSED;
}

}  // namespace

struct ByteStream::State {
  int descriptor = -1;
  std::string name{};
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;
  std::vector<char> packed = std::vector<char>(kPackedBytes);
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_at_end = false;
  bool is_known = false;  // how it is packed
  std::shared_ptr<arrow::util::Decompressor> unpacker{};

  ~State() {
    if (descriptor > STDIN_FILENO) ::close(descriptor);
  }

  Result<void> fill() {
    while (end < packed.size() && !is_at_end) {
      const ssize_t count = ::read(descriptor, packed.data() + end, packed.size() - end);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0)
        return fail(ErrorCode::file_unreadable, std::string("cannot read it: ") + std::strerror(errno), name);
      is_at_end = count == 0;
      end += static_cast<std::size_t>(count);
      done_bytes += static_cast<std::uint64_t>(count);
      if (is_known || end >= 4) break;
    }
    return {};
  }

  Result<void> know() {
    if (is_known) return {};
    MIZAN_CHECK_OK(fill());
    is_known = true;
    const auto packing = packing_of({packed.data(), end});
    if (packing == arrow::Compression::UNCOMPRESSED) return {};
    auto codec = arrow::util::Codec::Create(packing);
    if (!codec.ok()) return fail(ErrorCode::internal, "this build cannot unpack it", name);
    unpacker = (*codec)->MakeDecompressor().ValueOrDie();
    return {};
  }

  Result<std::size_t> copy(std::span<char> buffer) {
    if (begin == end) {
      begin = end = 0;
      MIZAN_CHECK_OK(fill());
    }
    const std::size_t count = std::min(buffer.size(), end - begin);
    std::copy_n(packed.data() + begin, count, buffer.data());
    begin += count;
    return count;
  }

  tl::unexpected<Error> damaged() const {
    return fail(ErrorCode::malformed_compression, "the packed data are damaged or cut short", name,
                "copy or download the file again, and try to unpack it with gzip -t or zstd -t");
  }

  Result<std::size_t> unpack(std::span<char> buffer) {
    while (true) {
      if (begin == end && !is_at_end) {
        begin = end = 0;
        MIZAN_CHECK_OK(fill());
      }
      if (begin == end && is_at_end) {
        if (unpacker->IsFinished()) return std::size_t{0};
        return damaged();
      }
      // Several members in a row are one text.
      if (unpacker->IsFinished() && !unpacker->Reset().ok()) return damaged();
      const auto step = unpacker->Decompress(static_cast<std::int64_t>(end - begin),
                                             reinterpret_cast<const std::uint8_t*>(packed.data() + begin),
                                             static_cast<std::int64_t>(buffer.size()),
                                             reinterpret_cast<std::uint8_t*>(buffer.data()));
      if (!step.ok()) return damaged();
      begin += static_cast<std::size_t>(step->bytes_read);
      if (step->bytes_written > 0) return static_cast<std::size_t>(step->bytes_written);
    }
  }
};

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&& other) noexcept = default;
ByteStream::~ByteStream() = default;

Result<ByteStream> ByteStream::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->name = path == "-" ? "standard input" : path;
  state->descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state->descriptor < 0 && errno == ENOENT)
    return fail(ErrorCode::file_not_found, "there is no such file", path, "check the path");
  struct stat facts {};
  if (state->descriptor < 0 || ::fstat(state->descriptor, &facts) != 0)
    return fail(ErrorCode::file_unreadable, std::string("cannot open it: ") + std::strerror(errno), path);
  if (S_ISDIR(facts.st_mode))
    return fail(ErrorCode::file_unreadable, "this is a folder", path, "name a file in it");
  if (S_ISREG(facts.st_mode)) state->total_bytes = static_cast<std::uint64_t>(facts.st_size);
  return ByteStream(std::move(state));
}

Result<std::size_t> ByteStream::read(std::span<char> buffer) {
  MIZAN_CHECK_OK(state_->know());
  return state_->unpacker ? state_->unpack(buffer) : state_->copy(buffer);
}

std::uint64_t ByteStream::done_bytes() const {
  return state_->done_bytes;
}
std::uint64_t ByteStream::total_bytes() const {
  return state_->total_bytes;
}

}  // namespace mizan::dataset
