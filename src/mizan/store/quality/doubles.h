// Rows of doubles as a column holds them: 8 bytes each, little-endian, bit for bit.
#pragma once

#include <span>
#include <vector>

#include "mizan/store/sql/value.h"

namespace mizan::store {

[[nodiscard]] Blob to_blob(std::span<const double> numbers);
/// Bytes behind the last whole number are left out.
[[nodiscard]] std::vector<double> doubles_of(BlobView blob);

}  // namespace mizan::store
