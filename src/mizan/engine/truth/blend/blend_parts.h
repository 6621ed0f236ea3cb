// Which methods a blend runs, with which settings, and why others stay out: the plan is made from the size of
// the labels alone. Internal to engine/truth; see blend.h.
#pragma once

#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/engine/truth/blend/blend.h"
#include "mizan/engine/truth/blend/note.h"

namespace mizan::truth {

struct PlannedPart {
  std::string method{};
  int max_steps = 0;       ///< 0 = the method's own
  std::size_t starts = 1;  ///< of methods with random starts
};

struct BlendPlan {
  std::vector<PlannedPart> parts;  ///< never empty: majority can always run
  std::vector<Note> reasons;       ///< method_left_out, early_stopping
};

/// @in fits  how often each part will be run (1, and once per fold)
[[nodiscard]] BlendPlan plan_blend(const LabelMatrix& labels, const BlendOptions& options, std::size_t fits);

/// Runs one part; its confusion matrices are dropped. The posterior of majority is the vote share smoothed by
/// options.vote_pseudo_count labels spread over the classes: bare shares call one label certain.
[[nodiscard]] Result<Belief> run_part(const PlannedPart& part, const Evidence& evidence,
                                      const BlendOptions& options, Run run);

}  // namespace mizan::truth
