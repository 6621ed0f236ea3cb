#include "mizan/rules/overlap.h"

#include "mizan/base/rng.h"

namespace mizan::rules {

int wanted_annotations(const domain::OverlapSettings& overlap, domain::TaskId task) {
  if (overlap.kind != domain::Overlap::stratified) return static_cast<int>(overlap.labels_per_task);
  const bool is_drawn = Rng(static_cast<std::uint64_t>(task.value)).uniform() < overlap.stratified_share;
  return static_cast<int>(is_drawn ? overlap.max_labels_per_task : overlap.labels_per_task);
}

}  // namespace mizan::rules
