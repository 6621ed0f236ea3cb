// Strings in order of first appearance, each known by its index. Append-only; find by hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mizan::domain {

/// Not thread-safe for writing; safe for concurrent reading. At most 2^32-1 strings. Views stay valid until
/// the next `intern` or `append`.
class Dictionary {
 public:
  [[nodiscard]] std::size_t size() const { return offsets_.size() - 1; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::string_view operator[](std::size_t index) const {
    return std::string_view(bytes_).substr(offsets_[index], offsets_[index + 1] - offsets_[index]);
  }

  /// The index of `text`, added if it is new. Amortised O(length).
  std::uint32_t intern(std::string_view text);
  /// The index of `text`, or nothing. O(length).
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;

  /// All at once: string i is bytes[offsets[i], offsets[i+1]); offsets[0] = 0. The caller promises that the
  /// strings differ. The hash table is built at the first `find` or `intern`.
  [[nodiscard]] static Dictionary of_distinct(std::string bytes, std::vector<std::uint64_t> offsets);
  /// Bulk building by a reader that has its own table of what is new: adds without looking, so the caller
  /// promises that `text` is not there yet. The hash table is built at the first `find` or `intern` after it.
  std::uint32_t append(std::string_view text);
  void reserve(std::size_t count, std::size_t bytes);
  /// Builds the hash table now, so that later `find` calls from several threads are safe.
  void index() const;

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view text) const;

  std::string bytes_;
  std::vector<std::uint64_t> offsets_{0};
  mutable std::vector<std::uint32_t>
      slots_;  // open addressing; value = index + 1; 0 = free; size is a power of two
};

}  // namespace mizan::domain
