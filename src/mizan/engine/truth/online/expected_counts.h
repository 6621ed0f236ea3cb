// Expected counts in whole numbers: what a posterior adds to a count can be taken out again exactly, in any
// order, for ever; and sums do not depend on the number of threads. Internal to engine/truth/online.
#pragma once

#include <cmath>
#include <cstdint>

namespace mizan::truth {

/// A probability in units of 1/kCountUnit: 0 and 1 are exact.
using UnitShare = std::uint32_t;
/// A sum of them: up to 2^31 tasks or labels.
using UnitCount = std::int64_t;

inline constexpr double kCountUnit = 4294967295.0;  // 2^32 - 1

[[nodiscard]] inline UnitShare to_units(double share) {
  return static_cast<UnitShare>(std::llround(share * kCountUnit));
}
[[nodiscard]] inline double from_units(UnitCount count) {
  return static_cast<double>(count) / kCountUnit;
}

}  // namespace mizan::truth
