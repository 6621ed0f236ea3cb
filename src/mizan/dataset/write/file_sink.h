// Bytes on their way into a new file, buffered; every failure becomes one clear file_unwritable error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan::dataset {

/// The error of an output that cannot be written: which one, why (`system_error` is an errno), what to do.
[[nodiscard]] Error unwritable(const std::string& path, int system_error);

/// Not thread-safe. A sink that is destroyed before finish() closes its file and leaves what reached it; who
/// made the file removes it (OutputFolder does).
class FileSink {
 public:
  /// Makes a new file; it must not exist yet.
  /// @in shown_as  what errors call the file; `path` itself when empty
  /// @errors file_unwritable
  [[nodiscard]] static Result<FileSink> create(const std::string& path, const std::string& shown_as = {});
  /// Opens something that exists and is not a plain file (a pipe, a terminal, /dev/null).
  [[nodiscard]] static Result<FileSink> open_device(const std::string& path);

  FileSink(FileSink&& other) noexcept;
  FileSink& operator=(FileSink&& other) = delete;
  ~FileSink();

  /// Adds bytes; they reach the file when the buffer is full, or at finish().
  [[nodiscard]] Result<void> append(std::string_view bytes);
  /// Writes what is buffered and closes the file; nothing may be appended after it.
  [[nodiscard]] Result<void> finish();
  /// Bytes appended so far.
  [[nodiscard]] std::uint64_t position() const { return position_; }

 private:
  FileSink(int descriptor, std::string name);
  [[nodiscard]] Result<void> write_all(std::string_view bytes);

  int descriptor_;
  std::string name_;
  std::string buffer_{};
  std::uint64_t position_ = 0;
};

}  // namespace mizan::dataset
