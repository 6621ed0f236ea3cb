#include "mizan/rules/overlap.h"

#include <gtest/gtest.h>

namespace mizan::rules {
namespace {

TEST(Overlap, fixed_and_adaptive_tasks_want_the_labels_per_task) {
  domain::OverlapSettings overlap{
      .kind = domain::Overlap::fixed, .labels_per_task = 4, .max_labels_per_task = 9};
  EXPECT_EQ(wanted_annotations(overlap, {17}), 4);
  overlap.kind = domain::Overlap::adaptive;
  EXPECT_EQ(wanted_annotations(overlap, {17}), 4);
}

TEST(Overlap, a_share_of_stratified_tasks_wants_more_and_always_the_same_ones) {
  const domain::OverlapSettings overlap{.kind = domain::Overlap::stratified,
                                        .labels_per_task = 1,
                                        .max_labels_per_task = 5,
                                        .stratified_share = 0.2};
  int drawn = 0;
  for (std::int64_t id = 1; id <= 10'000; ++id) {
    const int wanted = wanted_annotations(overlap, {id << 12});
    EXPECT_TRUE(wanted == 1 || wanted == 5);
    EXPECT_EQ(wanted, wanted_annotations(overlap, {id << 12}));
    drawn += wanted == 5 ? 1 : 0;
  }
  EXPECT_NEAR(drawn, 2000, 150);
}

}  // namespace
}  // namespace mizan::rules
