#include "mizan/dataset/input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <arrow/io/memory.h>
#include <arrow/util/compression.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace mizan::dataset {
namespace {

constexpr std::size_t kReadBytes = 4 << 20;

struct FileHandle {
  int descriptor;
  bool is_owned;
  ~FileHandle() {
    if (is_owned && descriptor >= 0) ::close(descriptor);
  }
};

enum class Compression : std::uint8_t { none, gzip, zstd };

Compression compression_of(std::string_view bytes) {
  if (bytes.starts_with("\x1F\x8B")) return Compression::gzip;
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return Compression::zstd;
  return Compression::none;
}

tl::unexpected<Error> damaged(const std::string& name, const std::string& reason) {
  return fail(ErrorCode::malformed_compression, "the compressed stream is damaged or cut short: " + reason,
              name, "copy or download the file again, and try to unpack it with gzip -t or zstd -t");
}

// Grows without the zero-filling that std::string::resize would cost twice: the buffer doubles.
std::size_t room_at_end(std::string& out, std::size_t used) {
  if (out.size() - used < kReadBytes) out.resize(std::max(out.size() * 2, used + 2 * kReadBytes));
  return out.size() - used;
}

Result<std::string> inflate_gzip(std::string_view packed, const std::string& name, const Progress& progress) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return fail(ErrorCode::internal, "zlib cannot be started");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  std::string out;
  std::size_t used = 0;
  std::size_t read = 0;
  while (true) {
    if (progress.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
    progress.report("unpacking", read, packed.size());
    const std::size_t room = std::min<std::size_t>(room_at_end(out, used), 1 << 30);
    const std::size_t feed = std::min<std::size_t>(packed.size() - read, 1 << 30);
    // zlib's interface is not const-correct; it does not write to its input.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + read));
    stream.avail_in = static_cast<uInt>(feed);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    stream.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream, Z_NO_FLUSH);
    read += feed - stream.avail_in;
    used += room - stream.avail_out;
    if (status == Z_STREAM_END) {
      if (!packed.substr(read).starts_with("\x1F\x8B")) break;  // bytes after the last member are padding
      inflateReset(&stream);
    } else if (status != Z_OK) {
      return damaged(name, stream.msg != nullptr ? stream.msg : "it ends too early");
    }
  }
  out.resize(used);
  return out;
}

Result<std::string> inflate_zstd(std::string_view packed, const std::string& name, const Progress& progress) {
  auto codec = arrow::util::Codec::Create(arrow::Compression::ZSTD);
  if (!codec.ok()) return fail(ErrorCode::internal, "Arrow was built without Zstandard");
  auto made = (*codec)->MakeDecompressor();
  if (!made.ok()) return fail(ErrorCode::internal, made.status().message());
  const std::shared_ptr<arrow::util::Decompressor> decompressor = *made;
  std::string out;
  std::size_t used = 0;
  std::size_t read = 0;
  while (read < packed.size() || !decompressor->IsFinished()) {
    if (progress.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
    progress.report("unpacking", read, packed.size());
    if (decompressor->IsFinished() && !decompressor->Reset().ok())
      return fail(ErrorCode::internal, "the Zstandard decompressor cannot be reset");
    const std::size_t room = room_at_end(out, used);
    auto step = decompressor->Decompress(static_cast<std::int64_t>(packed.size() - read),
                                         reinterpret_cast<const std::uint8_t*>(packed.data() + read),
                                         static_cast<std::int64_t>(room),
                                         reinterpret_cast<std::uint8_t*>(out.data() + used));
    if (!step.ok()) return damaged(name, step.status().message());
    if (step->bytes_read == 0 && step->bytes_written == 0) return damaged(name, "it ends too early");
    read += static_cast<std::size_t>(step->bytes_read);
    used += static_cast<std::size_t>(step->bytes_written);
  }
  out.resize(used);
  return out;
}

Result<std::string> read_all(int descriptor, const std::string& name, const Progress& progress) {
  std::string out;
  std::size_t used = 0;
  while (true) {
    if (progress.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
    const std::size_t room = std::min(room_at_end(out, used), kReadBytes);
    const ssize_t got = ::read(descriptor, out.data() + used, room);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail(ErrorCode::file_unreadable, std::string("cannot read: ") + std::strerror(errno), name,
                  "check that it is a file of labels and that the disk works");
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    progress.report("reading", used, 0);
  }
  out.resize(used);
  return out;
}

}  // namespace

struct InputOpener {
  static Result<Input> open(const std::string& path, const Progress& progress) {
    const bool is_pipe = path == "-";
    const std::string name = is_pipe ? "standard input" : path;
    const FileHandle file{is_pipe ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC), !is_pipe};
    if (file.descriptor < 0) return cannot_open(path);
    MIZAN_TRY(Input input, load(file.descriptor, name, progress));
    if (input.size_ == 0)
      return fail(ErrorCode::empty_input, "there is no data: the input has 0 bytes", name,
                  "check that the export or the command before the pipe has finished");
    return unpack(std::move(input), progress);
  }

  static tl::unexpected<Error> cannot_open(const std::string& path) {
    if (errno == ENOENT || errno == ENOTDIR)
      return fail(ErrorCode::file_not_found, "there is no such file", path, "check the path; - reads a pipe");
    return fail(ErrorCode::file_unreadable, std::string("cannot open: ") + std::strerror(errno), path,
                "check the permissions of the file and of the folders above it");
  }

  static Result<Input> load(int descriptor, const std::string& name, const Progress& progress) {
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0)
      return fail(ErrorCode::file_unreadable, std::string("cannot look at it: ") + std::strerror(errno), name,
                  "check the permissions of the file and of the folders above it");
    if (S_ISDIR(facts.st_mode))
      return fail(ErrorCode::file_unreadable, "this is a folder, not a file", name,
                  "name one file of labels");
    if (S_ISREG(facts.st_mode) && facts.st_size > 0 && ::lseek(descriptor, 0, SEEK_CUR) == 0) {
      if (auto mapped = map(descriptor, static_cast<std::size_t>(facts.st_size), name))
        return std::move(*mapped);
    }
    MIZAN_TRY(std::string bytes, read_all(descriptor, name, progress));
    return Input::of_bytes(std::move(bytes), name);
  }

  static std::optional<Input> map(int descriptor, std::size_t size, const std::string& name) {
    void* mapping = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapping == MAP_FAILED) return std::nullopt;
    ::madvise(mapping, size, MADV_WILLNEED);
    Input input;
    input.mapping_ = mapping;
    input.mapping_size_ = size;
    input.data_ = static_cast<const char*>(mapping);
    input.size_ = size;
    input.name_ = name;
    input.byte_count_ = size;
    return input;
  }

  static Result<Input> unpack(Input packed, const Progress& progress) {
    const Compression compression = compression_of(packed.bytes());
    if (compression == Compression::none) return packed;
    MIZAN_TRY(std::string bytes, compression == Compression::gzip
                                     ? inflate_gzip(packed.bytes(), packed.name(), progress)
                                     : inflate_zstd(packed.bytes(), packed.name(), progress));
    if (bytes.empty())
      return fail(ErrorCode::empty_input, "there is no data in the compressed file", packed.name(),
                  "compress the file again, and check that it is not empty before");
    Input input = Input::of_bytes(std::move(bytes), packed.name());
    input.byte_count_ = packed.byte_count_;
    return input;
  }
};

Input::Input(Input&& other) noexcept {
  *this = std::move(other);
}

Input& Input::operator=(Input&& other) noexcept {
  if (this == &other) return *this;
  release();
  const bool owns_bytes = other.mapping_ == nullptr;
  owned_ = std::move(other.owned_);
  name_ = std::move(other.name_);
  mapping_ = std::exchange(other.mapping_, nullptr);
  mapping_size_ = std::exchange(other.mapping_size_, 0);
  size_ = std::exchange(other.size_, 0);
  data_ = owns_bytes ? owned_.data() : other.data_;  // a short string moves its bytes
  other.data_ = "";
  byte_count_ = other.byte_count_;
  return *this;
}

Input::~Input() {
  release();
}

void Input::release() noexcept {
  if (mapping_ != nullptr) ::munmap(mapping_, mapping_size_);
  mapping_ = nullptr;
}

Input Input::of_bytes(std::string bytes, std::string name) {
  Input input;
  input.owned_ = std::move(bytes);
  input.name_ = std::move(name);
  input.data_ = input.owned_.data();
  input.size_ = input.owned_.size();
  input.byte_count_ = input.size_;
  return input;
}

Result<Input> open_input(const std::string& path, const Progress& progress) {
  return InputOpener::open(path, progress);
}

}  // namespace mizan::dataset
