// How long a session lasts.
#pragma once

#include <algorithm>

#include "mizan/base/clock.h"

namespace mizan::app {

inline constexpr Duration kSessionIdle = seconds(7LL * 24 * 3600);  ///< without being used
inline constexpr Duration kSessionLongest =
    seconds(30LL * 24 * 3600);  ///< from signing in, however much it is used

[[nodiscard]] constexpr Instant session_end(Instant created_at, Instant seen_at) {
  return std::min(created_at + kSessionLongest, seen_at + kSessionIdle);
}

}  // namespace mizan::app
