#include "mizan/domain/dictionary.h"

#include <bit>
#include <functional>
#include <utility>

namespace mizan::domain {

std::size_t Dictionary::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (slots_[slot] != 0 && (*this)[slots_[slot] - 1] != text) slot = (slot + 1) & mask;
  return slot;
}

void Dictionary::index() const {
  if (!slots_.empty() && slots_.size() >= 2 * (size() + 1)) return;
  slots_.assign(std::bit_ceil(4 * (size() + 4)), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < size(); ++i) {
    std::size_t slot = std::hash<std::string_view>{}((*this)[i]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

std::uint32_t Dictionary::intern(std::string_view text) {
  index();
  const std::size_t slot = slot_of(text);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  slots_[slot] = static_cast<std::uint32_t>(size() + 1);
  bytes_.append(text);
  offsets_.push_back(bytes_.size());
  return static_cast<std::uint32_t>(size() - 1);
}

std::optional<std::uint32_t> Dictionary::find(std::string_view text) const {
  index();
  const std::size_t slot = slot_of(text);
  if (slots_[slot] == 0) return std::nullopt;
  return slots_[slot] - 1;
}

Dictionary Dictionary::of_distinct(std::string bytes, std::vector<std::uint64_t> offsets) {
  Dictionary dictionary;
  dictionary.bytes_ = std::move(bytes);
  dictionary.offsets_ = std::move(offsets);
  return dictionary;
}

std::uint32_t Dictionary::append(std::string_view text) {
  slots_.clear();
  bytes_.append(text);
  offsets_.push_back(bytes_.size());
  return static_cast<std::uint32_t>(size() - 1);
}

void Dictionary::reserve(std::size_t count, std::size_t bytes) {
  bytes_.reserve(bytes);
  offsets_.reserve(count + 1);
}

}  // namespace mizan::domain
