// The strings of one part of an input, each once, known by its number in order of first appearance.
//
// A string of up to 15 bytes is held as a 16-byte key and compared as two words; a longer one as its hash and
// a view of its bytes. Sets of several parts are made one by merge_keys.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace mizan::intern {

/// A short string: its bytes, padded with zeros, and its length in the top byte of `high`. A long string: its
/// hash in `low`, kLongTag in the top byte of `high` and its number among the long strings of its set below.
struct Key {
  std::uint64_t low;
  std::uint64_t high;
};
inline constexpr std::size_t kMaxShortBytes = 15;
inline constexpr std::uint64_t kLongTag = 0xFFULL << 56;

[[nodiscard]] inline bool is_long(const Key& key) {
  return key.high >= kLongTag;
}
[[nodiscard]] inline std::size_t long_number(const Key& key) {
  return key.high & ~kLongTag;
}

/// A hash that is equal for equal strings of different sets.
[[nodiscard]] inline std::uint64_t hash_of(const Key& key) {
  const std::uint64_t high = is_long(key) ? kLongTag : key.high;
  const auto product =
      static_cast<unsigned __int128>(key.low ^ 0x9E3779B97F4A7C15ULL) * (high ^ 0xC2B2AE3D27D4EB4FULL);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Whether the bytes of a string live as long as the set, or must be copied into it.
enum class Bytes : std::uint8_t { lasting, fleeting };

/// Not thread-safe for writing; safe for concurrent reading. At most 2^32-1 strings.
class KeySet {
 public:
  /// The number of `text`, added if it is new. Amortised O(length).
  std::uint32_t intern(std::string_view text, Bytes bytes);
  /// The number of a pair of numbers. A set holds either strings or pairs.
  std::uint32_t intern_pair(std::uint32_t first, std::uint32_t second);

  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  [[nodiscard]] std::span<const Key> keys() const { return keys_; }
  /// The bytes of string `number`; a short string's bytes lie in the set and move when it grows.
  [[nodiscard]] std::string_view text(std::size_t number) const;
  [[nodiscard]] std::string_view long_text(const Key& key) const { return longs_[long_number(key)]; }
  struct Pair {
    std::uint32_t first;
    std::uint32_t second;
  };
  [[nodiscard]] Pair pair(std::size_t number) const {
    return {static_cast<std::uint32_t>(keys_[number].low >> 32),
            static_cast<std::uint32_t>(keys_[number].low)};
  }

  /// Gives back the lookup table; nothing can be interned afterwards without building it again.
  void seal();
  /// Gives back everything.
  void clear();

 private:
  std::uint32_t intern_key(Key key, std::string_view text, Bytes bytes);
  [[nodiscard]] bool equal(const Key& known, const Key& key, std::string_view text) const;
  std::string_view keep(std::string_view text);
  void grow();

  std::vector<Key> keys_;
  std::vector<std::string_view> longs_;
  std::vector<std::uint32_t> slots_;  // open addressing; number + 1; 0 = free; size is a power of two
  std::vector<std::unique_ptr<char[]>> arena_;
  std::size_t arena_left_ = 0;
};

}  // namespace mizan::intern
