// Zero-based skill: Wawa repeated, the weights moving a learning rate towards the agreement with the current
// answers.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct ZeroBasedSkillOptions {
  int steps = 100;
  double learning_rate = 1.0;    ///< of the first steps, in (0,1]
  int steps_per_reduction = 20;  ///< every so many steps the rate is multiplied by reduction
  double reduction = 0.5;
};

/// Weighted vote shares; `skill` is the weight of an annotator. Stops early once no weight can move any more
/// (the answers stayed and the weights equal the agreement with them), which changes no result.
/// @errors invalid_argument: steps < 1, a rate outside (0,1]; cancelled
/// @cost   O(steps * labels); deterministic; thread-safe
/// @source the definition of crowd-kit's `ZeroBasedSkill`
[[nodiscard]] Result<Belief> zero_based_skill(const Evidence& evidence, const ZeroBasedSkillOptions& options,
                                              Run run);

}  // namespace mizan::truth
