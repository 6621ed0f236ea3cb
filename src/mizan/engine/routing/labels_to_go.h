// How many more annotations until every task that is under way is known well enough.
//
// A task is decided when it has the labels it wants: it is done, or one more is asked for. The chance to be
// done at k labels is learnt from the tasks that were decided at k, those that went on included: the tasks
// that are done are the easy ones, and a mean over them alone would promise too much (a discrete hazard,
// which takes the unfinished as what they are). Below `first` labels nothing is decided, at `cap` everything
// is.
//
//   X(k) = labels beyond k of a task that has k:   0 with chance h(k), else 1 + X(k + 1);  X(cap) = 0
//
// Each h(k) is drawn from Beta(done + 1/2, went on + 1/2); of the sums over the tasks, with their own chance,
// the interval holds 95 %. At k that no task has reached the draw is of Jeffreys' prior: the interval is
// wide.
// @source Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; Brown, Cai & DasGupta 2001 (the prior)
#pragma once

#include <cstdint>
#include <span>

namespace mizan::routing {

/// Tasks alike.
struct TaskGroup {
  bool is_ended = false;  ///< done or escalated with so many labels
  std::int64_t wanted_count = 0;
  std::int64_t done_count = 0;
  std::int64_t task_count = 0;
};

struct LabelsToGo {
  double expected = 0;
  double low = 0;  ///< 95 %
  double high = 0;
};

struct DecisionRange {
  std::int64_t first = 3;  ///< labels at which a task is decided for the first time
  std::int64_t cap = 7;    ///< at which nothing more is asked; = first for a fixed number
};

/// @cost O(groups · cap), a few hundred times. Deterministic for a seed
[[nodiscard]] LabelsToGo labels_to_go(std::span<const TaskGroup> groups, const DecisionRange& range,
                                      std::uint64_t seed = 1);

}  // namespace mizan::routing
