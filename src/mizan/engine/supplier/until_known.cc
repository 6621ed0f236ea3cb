#include "mizan/engine/supplier/until_known.h"

#include <algorithm>
#include <cmath>

namespace mizan::supplier {
namespace {

double normal_probability(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// The least number of further tasks with at least this chance; none up to kFarthest.
std::optional<std::uint64_t> least_tasks(const PairComparison& pair, double chance) {
  std::uint64_t high = UntilKnown::kFarthest;
  if (chance_to_know(pair, high) < chance) return std::nullopt;
  std::uint64_t low = 0;  // too few
  while (low + 1 < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    (chance_to_know(pair, middle) < chance ? low : high) = middle;
  }
  return high;
}

}  // namespace

double chance_to_know(const PairComparison& pair, std::uint64_t further) {
  const double now = pair.standard_error * pair.standard_error;
  const double lasting = std::min(pair.lasting_variance, now);
  const auto tasks = static_cast<double>(pair.task_count);
  const double share = tasks / (tasks + static_cast<double>(further));
  const double left = lasting + (now - lasting) * share;
  const double reach = student_quantile(0.975, pair.degrees / share) * std::sqrt(left);
  const double moves = std::sqrt(now - left);
  if (!(moves > 0)) return 0;
  const double size = std::abs(pair.difference);
  return normal_probability((size - reach) / moves) + normal_probability((-size - reach) / moves);
}

UntilKnown until_known(const PairComparison& pair) {
  UntilKnown out;
  if (pair.conclusion != Conclusion::not_known) {
    out.state = UntilKnownState::known;
    return out;
  }
  if (pair.task_count < UntilKnown::kLeastTasks || !(pair.standard_error > 0)) return out;
  out.low = least_tasks(pair, UntilKnown::kLowChance);
  out.likely = least_tasks(pair, 0.5);
  out.high = least_tasks(pair, UntilKnown::kHighChance);
  out.state = out.likely ? UntilKnownState::reachable : UntilKnownState::out_of_reach;
  return out;
}

}  // namespace mizan::supplier
