// The bytes of one input: a mapped file, or what came through a pipe or out of a decompressor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mizan/base/progress.h"
#include "mizan/base/result.h"

namespace mizan::dataset {

/// Owns the bytes; views stay valid as long as it lives, also after a move. Immutable, safe to read from any
/// thread. A mapped file must not be cut short by somebody else while it is read.
class Input {
 public:
  Input(Input&& other) noexcept;
  Input& operator=(Input&& other) noexcept;
  ~Input();

  /// Bytes that are already in memory; `name` is used in messages. For tests and for callers with own
  /// sources.
  static Input of_bytes(std::string bytes, std::string name = "input");

  /// The content, decompressed.
  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }
  /// For messages: the path, or "standard input".
  [[nodiscard]] const std::string& name() const { return name_; }
  /// How many bytes were read, before decompression.
  [[nodiscard]] std::uint64_t byte_count() const { return byte_count_; }

 private:
  friend struct InputOpener;
  Input() = default;
  void release() noexcept;

  const char* data_ = "";
  std::size_t size_ = 0;
  void* mapping_ = nullptr;  ///< of mmap, or nullptr when `owned_` holds the bytes
  std::size_t mapping_size_ = 0;
  std::string owned_;
  std::string name_;
  std::uint64_t byte_count_ = 0;
};

/// Opens a file ("-" = standard input) and decompresses gzip and Zstandard, both recognised by their first
/// bytes (several members or frames in a row are one stream).
/// @errors file_not_found, file_unreadable, empty_input, malformed_compression, cancelled
[[nodiscard]] Result<Input> open_input(const std::string& path, const Progress& progress);

}  // namespace mizan::dataset
