#include "mizan/store/quality/doubles.h"

#include <bit>
#include <cstdint>

namespace mizan::store {

Blob to_blob(std::span<const double> numbers) {
  Blob blob;
  blob.reserve(numbers.size() * 8);
  for (const double number : numbers) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8) blob.push_back(static_cast<std::byte>(bits >> shift));
  }
  return blob;
}

std::vector<double> doubles_of(BlobView blob) {
  std::vector<double> numbers;
  numbers.reserve(blob.size() / 8);
  for (std::size_t begin = 0; begin + 8 <= blob.size(); begin += 8) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) bits |= std::to_integer<std::uint64_t>(blob[begin + i]) << (8 * i);
    numbers.push_back(std::bit_cast<double>(bits));
  }
  return numbers;
}

}  // namespace mizan::store
