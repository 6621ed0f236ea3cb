// How far a live posterior is to be softened so that .9 is right nine times in ten.
//
// The model believes that the labels of a task err independently; they do not (hard tasks, traps), and the
// more labels, the more too sure it is. Labels whose errors have correlation rho are worth m/(1 + (m-1) rho)
// of m independent ones, so a posterior from m labels is taken to the power 1/(1 + (m-1) rho). One label is
// as it is. rho has a default measured on public sets; gold tasks say better. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mizan/engine/truth/online/online_model.h"

namespace mizan::truth {

/// What to say without gold: docs/algorithms/live.md.
inline constexpr double kLiveCorrelation = 0.35;

/// p_k^(1/(1 + (m-1) correlation)), normalised. The order of classes stays; 0 and 1 stay as they are.
[[nodiscard]] std::vector<double> calibrated_posterior(std::span<const double> posterior,
                                                       std::size_t label_count, double correlation);

struct LiveCalibration {
  double correlation = kLiveCorrelation;
  std::size_t gold_count = 0;  ///< gold tasks with labels: each tested with its gold and labels hidden
};

/// The correlation that gives the gold answers the highest likelihood, pulled to the default as if by 20
/// tasks. Each gold task is judged by `held_out_posterior`: as a new task is at its submit.
/// @cost O(gold tasks * labels * K)
[[nodiscard]] LiveCalibration fit_live_calibration(const OnlineModel& model);

}  // namespace mizan::truth
