// What a figure stands on, and how one that cannot be known is written.
#pragma once

#include <cstdint>
#include <limits>

namespace mizan::supplier {

enum class Basis : std::uint8_t { gold, model, gold_and_model };

inline constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

}  // namespace mizan::supplier
