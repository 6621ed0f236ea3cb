// Annotators whose answers look like little effort: evidence for a person to look at, never a verdict.
//
// Each check states a null hypothesis that an honest annotator satisfies, gives a p-value, and the share of
// false flags is held by Benjamini-Hochberg within each check:
//   random_answers     his answers tell next to nothing about the tasks (skill over chance far under the
//   middle one) worse_than_chance  his answers are right less often than his habit of answering would be by
//   luck constant_answers   almost always the same answer, far more often than the tasks explain
//   position_bound     his answer follows from his own last answers more than the tasks explain (runs,
//   A-B-A-B …) too_fast           many answers in a third of the usual time, and right less often than others
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "mizan/engine/integrity/answer_log.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::integrity {

enum class Suspicion : std::uint8_t {
  random_answers,
  worse_than_chance,
  constant_answers,
  position_bound,
  too_fast
};
[[nodiscard]] std::string_view suspicion_name(Suspicion suspicion);

struct Flag {
  std::uint32_t annotator;
  Suspicion suspicion;
  double p_value;
  double q_value;
  double observed;  ///< random, worse: skill over chance; constant: share of the top answer; position: share
                    ///< of repeats at `detail` steps; fast: share of fast answers
  double expected;  ///< random: the middle annotator's skill; worse: 0; else the same for an honest annotator
  std::uint32_t detail = 0;  ///< constant: the class; position: the distance in steps
  std::size_t label_count = 0;
};

struct LowEffortOptions {
  std::size_t least_labels = 20;
  double least_share_of_skill =
      0.4;  ///< of the middle annotator's skill over chance, (accuracy - chance) / (1 - chance)
  double false_discovery_rate = 0.01;
  double fast_share_of_median = 0.33;
  double least_fast_share = 0.25;
  double confusion_strength = 10;
  std::size_t most_confusion_cells = 1 << 26;  ///< above it only the time check is run
};

struct LowEffort {
  std::vector<Flag> flags;  ///< by annotator, then by suspicion
  bool was_run = true;      ///< false where the confusion matrices would be too large
};

/// @in     posterior [I,K] calibrated; an annotator is judged by the labels of the others alone
/// @in     log       answers in order, from the same table as `labels`
/// @cost   O(labels·K²); deterministic
[[nodiscard]] LowEffort low_effort(const truth::LabelMatrix& labels, const truth::Table& posterior,
                                   const AnswerLog& log, const LowEffortOptions& options, truth::Run run);

}  // namespace mizan::integrity
