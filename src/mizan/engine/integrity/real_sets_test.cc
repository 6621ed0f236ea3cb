// On real crowds the checks stay rare and point at annotators who are in fact bad.
#include <gtest/gtest.h>

#include "mizan/engine/integrity/copied_work.h"
#include "mizan/engine/integrity/low_effort.h"
#include "mizan/engine/truth/methods/dawid_skene.h"
#include "support/shared_set.h"

namespace mizan::integrity {
namespace {

AnswerLog log_of(const truth::LabelMatrix& labels) {
  const auto index = truth::by_annotator(labels);
  return {index.offsets, index.task, index.label, {}};
}

struct Quality {
  double flagged_right = 0, flagged = 0, other_right = 0, other = 0;
};

Quality quality_of(const test::SharedSet& set, const std::vector<char>& is_flagged) {
  Quality quality;
  for (truth::TaskIndex t = 0; t < set.labels.task_count(); ++t) {
    if (set.truth[t] == truth::kNoGold) continue;
    set.labels.visit_task(t, [&](std::uint32_t annotator, std::uint32_t label) {
      const bool right = static_cast<std::int32_t>(label) == set.truth[t];
      (is_flagged[annotator] ? quality.flagged : quality.other) += 1;
      (is_flagged[annotator] ? quality.flagged_right : quality.other_right) += right;
    });
  }
  return quality;
}

class RealSets : public testing::TestWithParam<std::string> {};

TEST_P(RealSets, flagged_annotators_are_worse_than_the_others_and_few) {
  MIZAN_NEEDS_SET(set, GetParam());
  ThreadPool pool;
  const Progress progress;
  const truth::Run run{pool, progress};
  const auto belief = truth::dawid_skene({set.labels}, {.max_steps = 3}, run);
  ASSERT_TRUE(belief);
  const LowEffort effort = low_effort(set.labels, belief->posterior, log_of(set.labels), {}, run);
  const CopiedWork copied = copied_work(set.labels, belief->posterior, {}, run);
  std::vector<char> is_flagged(set.labels.annotator_count(), 0);
  for (const Flag& flag : effort.flags)
    if (flag.suspicion == Suspicion::random_answers || flag.suspicion == Suspicion::worse_than_chance)
      is_flagged[flag.annotator] = 1;
  const Quality quality = quality_of(set, is_flagged);
  if (quality.flagged >= 100) {
    EXPECT_LT(quality.flagged_right / quality.flagged, quality.other_right / quality.other - 0.1);
  }
  EXPECT_LT(copied.pairs.size(), 5 + copied.compared_pair_count / 20);
}

INSTANTIATE_TEST_SUITE_P(Sets, RealSets, testing::ValuesIn(test::kSetsWithTruth),
                         [](const auto& set) { return set.param; });

}  // namespace
}  // namespace mizan::integrity
