// How far a live posterior is to be softened so that .9 is right nine times in ten. Posteriors of this kind
// of model are too sure (its labels are not as independent as it believes), so there is a default; gold tasks
// say better. Pure; thread-safe.
#pragma once

#include <cstddef>

#include "mizan/engine/truth/online/online_model.h"

namespace mizan::truth {

/// What to do without gold: measured on public sets, docs/algorithms/live.md.
inline constexpr double kLiveTemperature = 1.6;

struct LiveCalibration {
  double temperature = kLiveTemperature;
  std::size_t gold_count = 0;  ///< gold tasks with labels: each tested with its gold and labels hidden
};

/// The temperature that gives the gold answers the highest likelihood, pulled to the default as if
/// by some tasks. Each gold task is judged by `held_out_posterior`: as a new task would be at its submit.
/// @cost O(gold tasks * labels * K)
[[nodiscard]] LiveCalibration calibrate(const OnlineModel& model);

}  // namespace mizan::truth
