#include "mizan/engine/routing/labels_to_go.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "mizan/base/rng.h"

namespace mizan::routing {
namespace {

constexpr std::size_t kDraws = 400;

/// What was decided at a number of labels.
struct Decided {
  double done = 0;
  double went_on = 0;
};

std::vector<Decided> decisions(std::span<const TaskGroup> groups, const DecisionRange& range) {
  std::vector<Decided> out(static_cast<std::size_t>(std::max<std::int64_t>(0, range.cap - range.first)));
  for (const TaskGroup& group : groups) {
    const auto tasks = static_cast<double>(group.task_count);
    for (std::int64_t k = range.first; k < range.cap && k <= group.done_count; ++k) {
      Decided& at = out[static_cast<std::size_t>(k - range.first)];
      if (group.is_ended && group.done_count == k) at.done += tasks;
      // An unfinished task with as many as it wants is between answer and decision.
      if (group.done_count > k || (!group.is_ended && group.wanted_count > k)) at.went_on += tasks;
    }
  }
  return out;
}

struct Moments {
  double mean = 0;
  double square = 0;
};

/// [k - first] of X(k), k = first … cap.
std::vector<Moments> beyond(const std::vector<Decided>& decided, Rng& rng) {
  std::vector<Moments> out(decided.size() + 1);
  for (std::size_t i = decided.size(); i-- > 0;) {
    const double on = 1 - rng.beta(decided[i].done + 0.5, decided[i].went_on + 0.5);
    const Moments& next = out[i + 1];
    out[i] = {on * (1 + next.mean), on * (1 + 2 * next.mean + next.square)};
  }
  return out;
}

/// One draw of what is left: its mean given the chances, and with the tasks' own chance.
struct Draw {
  double mean = 0;
  double whole = 0;
};

Draw draw(std::span<const TaskGroup> groups, const DecisionRange& range, const std::vector<Decided>& decided,
          Rng& rng) {
  const std::vector<Moments> left = beyond(decided, rng);
  Draw out;
  double variance = 0;
  double sure = 0;  // labels that are wanted already
  for (const TaskGroup& group : groups) {
    if (group.is_ended) continue;
    const auto tasks = static_cast<double>(group.task_count);
    const std::int64_t decided_at = std::clamp(group.wanted_count, range.first, range.cap);
    const Moments& then = left[static_cast<std::size_t>(decided_at - range.first)];
    sure += tasks * static_cast<double>(std::max<std::int64_t>(0, group.wanted_count - group.done_count));
    out.mean += tasks * then.mean;
    variance += tasks * (then.square - then.mean * then.mean);
  }
  out.whole = sure + std::max(0.0, out.mean + std::sqrt(std::max(0.0, variance)) * rng.normal());
  out.mean += sure;
  return out;
}

}  // namespace

LabelsToGo labels_to_go(std::span<const TaskGroup> groups, const DecisionRange& wanted, std::uint64_t seed) {
  const DecisionRange range{wanted.first, std::max(wanted.first, wanted.cap)};
  const std::vector<Decided> decided = decisions(groups, range);
  Rng rng(seed);
  LabelsToGo out;
  std::vector<double> wholes;
  for (std::size_t i = 0; i < kDraws; ++i) {
    const Draw one = draw(groups, range, decided, rng);
    out.expected += one.mean / static_cast<double>(kDraws);
    wholes.push_back(one.whole);
  }
  std::sort(wholes.begin(), wholes.end());
  out.low = wholes[kDraws / 40];
  out.high = wholes[kDraws - 1 - kDraws / 40];
  return out;
}

}  // namespace mizan::routing
