// The bytes of a file or of standard input, unpacked on the way: for what is too long to be held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "mizan/base/result.h"

namespace mizan::dataset {

/// Not thread-safe.
class ByteStream {
 public:
  /// "-" = standard input. gzip and Zstandard are recognised by their first bytes.
  /// @errors file_not_found, file_unreadable
  [[nodiscard]] static Result<ByteStream> open(const std::string& path);
  ByteStream(ByteStream&& other) noexcept;
  ByteStream& operator=(ByteStream&& other) = delete;
  ~ByteStream();

  /// Fills `buffer` with the next unpacked bytes; 0 = the end.
  /// @errors file_unreadable, malformed_compression
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer);
  /// Bytes taken from the file so far, as it lies there.
  [[nodiscard]] std::uint64_t done_bytes() const;
  /// Size of the file as it lies there; 0 = not known.
  [[nodiscard]] std::uint64_t total_bytes() const;

 private:
  struct State;
  explicit ByteStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mizan::dataset
