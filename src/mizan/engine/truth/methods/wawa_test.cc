#include "mizan/engine/truth/methods/wawa.h"

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

const test::Method kWawa = [](const Evidence& evidence, Run run) { return wawa(evidence, {}, run); };

// Majority: 0, 1, 0. Agreement: A 3/3, B 3/3, C 1/3; so task 0 weighs (2 : 1/3).
TEST(Wawa, weighs_annotators_by_agreement_with_majority) {
  const auto labels = test::matrix_of(
      {{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {1, 0, 1}, {1, 1, 1}, {1, 2, 0}, {2, 0, 0}, {2, 1, 0}, {2, 2, 0}}, 3,
      3, 2);
  const Belief belief = test::believe(kWawa, {labels});
  EXPECT_EQ(belief.skill, (std::vector<double>{1, 1, 1. / 3}));
  EXPECT_NEAR(belief.posterior.row(0)[0], 2 / (2 + 1. / 3), 1e-12);
  EXPECT_NEAR(belief.posterior.row(1)[1], 2 / (2 + 1. / 3), 1e-12);
  EXPECT_NEAR(belief.posterior.row(2)[0], 1, 1e-12);
}

TEST(Wawa, weighs_by_gold_where_there_is_gold) {
  const auto labels =
      test::matrix_of({{0, 0, 0}, {0, 1, 1}, {0, 2, 1}, {1, 0, 0}, {1, 1, 1}, {1, 2, 1}}, 2, 3, 2);
  const std::vector<std::int32_t> gold{0, kNoGold};
  const Belief belief = test::believe(kWawa, {labels, gold});
  EXPECT_EQ(belief.skill, (std::vector<double>{.5, .5, .5}));
}

TEST(Wawa, annotators_who_never_agree_leave_the_plain_shares) {
  const auto labels = test::matrix_of({{0, 0, 1}, {0, 1, 1}}, 1, 2, 2);
  const std::vector<std::int32_t> gold{kNoGold};
  EXPECT_EQ(test::believe(kWawa, {labels, gold}).posterior.row(0)[1], 1.0);
}

TEST(Wawa, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(kWawa);
}
TEST(Wawa, clamps_gold) {
  test::expect_gold_is_clamped(kWawa);
}
TEST(Wawa, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(kWawa);
}

TEST(Wawa, beats_majority_when_annotators_differ) {
  const test::SimulatedCrowd crowd{.tasks = 3000, .annotators = 30, .lowest_accuracy = .2, .seed = 2};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes);
  ThreadPool pool(1);
  const Progress progress;
  EXPECT_GT(test::accuracy_of(test::believe(kWawa, {labels}).posterior, made.truth),
            test::accuracy_of(vote_shares({labels}, {pool, progress}), made.truth) + .01);
}

}  // namespace
}  // namespace mizan::truth
