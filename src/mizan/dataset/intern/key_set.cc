#include "mizan/dataset/intern/key_set.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace mizan::intern {
namespace {

static_assert(std::endian::native == std::endian::little, "short keys are packed as little-endian words");

constexpr std::size_t kFirstSlots = 256;
constexpr std::size_t kArenaBytes = 16 << 10;

template <class Word>
std::uint64_t load(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Packs without reading outside the text: the first and the last word overlap.
Key short_key(std::string_view text) {
  const std::size_t n = text.size();
  const char* p = text.data();
  const std::uint64_t length = static_cast<std::uint64_t>(n) << 56;
  if (n > 8) return {load<std::uint64_t>(p), length | (load<std::uint64_t>(p + n - 8) >> (8 * (16 - n)))};
  if (n == 8) return {load<std::uint64_t>(p), length};
  if (n >= 4) return {load<std::uint32_t>(p) | (load<std::uint32_t>(p + n - 4) << (8 * (n - 4))), length};
  if (n == 0) return {0, 0};
  const auto byte = [&](std::size_t i) { return load<std::uint8_t>(p + i) << (8 * i); };
  return {byte(0) | byte(n / 2) | byte(n - 1), length};
}

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// For 16 bytes and more: whole pairs of words, then the last pair, which may overlap.
std::uint64_t hash_long(std::string_view text) {
  std::uint64_t hash = 0x2545F4914F6CDD1DULL ^ text.size();
  std::size_t i = 0;
  const auto mix = [&](std::size_t at) {
    hash = fold(load<std::uint64_t>(text.data() + at) ^ 0x9E3779B97F4A7C15ULL,
                load<std::uint64_t>(text.data() + at + 8) ^ hash ^ 0xC2B2AE3D27D4EB4FULL);
  };
  for (; i + 16 < text.size(); i += 16) mix(i);
  mix(text.size() - 16);
  return hash;
}

}  // namespace

std::uint32_t KeySet::intern(std::string_view text, Bytes bytes) {
  if (text.size() <= kMaxShortBytes) return intern_key(short_key(text), {}, bytes);
  return intern_key(Key{hash_long(text), kLongTag | longs_.size()}, text, bytes);
}

std::uint32_t KeySet::intern_pair(std::uint32_t first, std::uint32_t second) {
  return intern_key(Key{static_cast<std::uint64_t>(first) << 32 | second, 0}, {}, Bytes::fleeting);
}

bool KeySet::equal(const Key& known, const Key& key, std::string_view text) const {
  if (known.low != key.low) return false;
  if (!is_long(key)) return known.high == key.high;
  return is_long(known) && long_text(known) == text;
}

std::uint32_t KeySet::intern_key(Key key, std::string_view text, Bytes bytes) {
  if (2 * (keys_.size() + 1) > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(key) & mask;
  while (slots_[slot] != 0) {
    if (equal(keys_[slots_[slot] - 1], key, text)) return slots_[slot] - 1;
    slot = (slot + 1) & mask;
  }
  if (is_long(key)) longs_.push_back(bytes == Bytes::lasting ? text : keep(text));
  keys_.push_back(key);
  slots_[slot] = static_cast<std::uint32_t>(keys_.size());
  return static_cast<std::uint32_t>(keys_.size() - 1);
}

std::string_view KeySet::text(std::size_t number) const {
  const Key& key = keys_[number];
  if (is_long(key)) return long_text(key);
  return {reinterpret_cast<const char*>(&key), static_cast<std::size_t>(key.high >> 56)};
}

// A block is filled from its end, so that what is left always begins at its start.
std::string_view KeySet::keep(std::string_view text) {
  if (text.size() > arena_left_) {
    arena_left_ = std::max(kArenaBytes, text.size());
    arena_.push_back(std::make_unique<char[]>(arena_left_));
  }
  arena_left_ -= text.size();
  char* place = arena_.back().get() + arena_left_;
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

void KeySet::grow() {
  slots_.assign(std::max(kFirstSlots, std::bit_ceil(4 * (keys_.size() + 1))), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    std::size_t slot = hash_of(keys_[i]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

void KeySet::seal() {
  std::vector<std::uint32_t>().swap(slots_);
}

void KeySet::clear() {
  *this = KeySet();
}

}  // namespace mizan::intern
