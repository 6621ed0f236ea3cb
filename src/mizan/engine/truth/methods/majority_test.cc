#include "mizan/engine/truth/methods/majority.h"

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

const test::Method kMajority = [](const Evidence& evidence, Run run) { return majority(evidence, {}, run); };

TEST(Majority, posteriors_are_the_shares_of_the_labels) {
  const auto labels = test::matrix_of({{0, 0, 2}, {0, 1, 2}, {0, 2, 0}, {1, 0, 1}}, 2, 3, 3);
  const Belief belief = test::believe(kMajority, {labels});
  EXPECT_EQ(belief.posterior.values, (std::vector<double>{1. / 3, 0, 2. / 3, 0, 1, 0}));
  EXPECT_EQ(belief.skill, (std::vector<double>{1, 1, 0}));
  EXPECT_NEAR(belief.class_prior[2], 1. / 3, 1e-12);
}

TEST(Majority, a_tie_goes_to_the_first_class_whatever_the_order_of_labels) {
  const auto one_way = test::matrix_of({{0, 0, 2}, {0, 1, 1}}, 1, 2, 3);
  const auto other_way = test::matrix_of({{0, 1, 1}, {0, 0, 2}}, 1, 2, 3);
  EXPECT_EQ(best_class(test::believe(kMajority, {one_way}).posterior.row(0)), 1U);
  EXPECT_EQ(best_class(test::believe(kMajority, {other_way}).posterior.row(0)), 1U);
}

TEST(Majority, a_task_without_labels_gets_the_class_prior) {
  const auto labels = test::matrix_of({{0, 0, 0}, {1, 0, 0}, {2, 0, 1}}, 4, 1, 2);
  const Belief belief = test::believe(kMajority, {labels});
  EXPECT_NEAR(belief.posterior.row(3)[0], 2. / 3, 1e-12);
}

TEST(Majority, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(kMajority);
}
TEST(Majority, does_not_depend_on_names) {
  test::expect_same_under_renaming(kMajority);
}
TEST(Majority, clamps_gold) {
  test::expect_gold_is_clamped(kMajority);
}

}  // namespace
}  // namespace mizan::truth
