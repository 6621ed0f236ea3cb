// Majority: the answer that most annotators gave. The yardstick that every other method has to beat.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct MajorityOptions {};

/// Vote shares as posteriors: not probabilities of being right, only what was said. Of classes with equal
/// shares `best_class` takes the first. `skill` is the share of an annotator's labels equal to the winner.
/// @cost O(labels); deterministic; thread-safe
[[nodiscard]] Result<Belief> majority(const Evidence& evidence, const MajorityOptions& options, Run run);

}  // namespace mizan::truth
