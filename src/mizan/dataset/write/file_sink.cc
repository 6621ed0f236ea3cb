#include "mizan/dataset/write/file_sink.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace mizan::dataset {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr mode_t kNewFileMode = 0666;  // less the umask

std::string hint_for(int system_error) {
  switch (system_error) {
    case ENOSPC:
    case EDQUOT:
      return "free some space, or write to a folder on another disk";
    case EFBIG:
      return "the file would exceed the largest size allowed here; raise the limit (ulimit -f) or write to "
             "another disk";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder where you may write, or change its permissions";
    case ENOTDIR:
      return "a part of the path is a file, not a folder; choose another path";
    case EISDIR:
      return "the path names a folder; give the name of a file";
    default:
      return "check that the path is right and that the disk works";
  }
}

}  // namespace

Error unwritable(const std::string& path, int system_error) {
  return Error{ErrorCode::file_unwritable, "cannot write: " + std::string(std::strerror(system_error)), path,
               hint_for(system_error)};
}

Result<FileSink> FileSink::create(const std::string& path, const std::string& shown_as) {
  const std::string& name = shown_as.empty() ? path : shown_as;
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode);
  if (descriptor < 0) return fail(unwritable(name, errno));
  return FileSink(descriptor, name);
}

Result<FileSink> FileSink::open_device(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(unwritable(path, errno));
  return FileSink(descriptor, path);
}

FileSink::FileSink(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
  buffer_.reserve(kBufferBytes);
}

FileSink::FileSink(FileSink&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      buffer_(std::move(other.buffer_)),
      position_(other.position_) {}

FileSink::~FileSink() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> FileSink::append(std::string_view bytes) {
  position_ += bytes.size();
  if (buffer_.size() + bytes.size() <= kBufferBytes) {
    buffer_.append(bytes);
    return {};
  }
  MIZAN_CHECK_OK(write_all(buffer_));
  buffer_.clear();
  if (bytes.size() >= kBufferBytes) return write_all(bytes);
  buffer_.append(bytes);
  return {};
}

Result<void> FileSink::finish() {
  MIZAN_CHECK_OK(write_all(buffer_));
  buffer_.clear();
  // Some file systems tell of a full disk only when the file is closed.
  if (::close(std::exchange(descriptor_, -1)) != 0) return fail(unwritable(name_, errno));
  return {};
}

Result<void> FileSink::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(unwritable(name_, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace mizan::dataset
