#include "mizan/engine/truth/methods/zero_based_skill.h"

#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/wawa.h"
#include "support/label_cases.h"

namespace mizan::truth {
namespace {

using test::Method;

Method with(ZeroBasedSkillOptions options) {
  return [options](const Evidence& evidence, Run run) { return zero_based_skill(evidence, options, run); };
}

const Method kWawa = [](const Evidence& evidence, Run run) { return wawa(evidence, {}, run); };

TEST(ZeroBasedSkill, its_first_step_at_rate_one_is_wawa) {
  const auto made = test::simulate({.lowest_accuracy = .3});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Belief once = test::believe(with({.steps = 1}), {labels});
  const Belief reference = test::believe(kWawa, {labels});
  for (std::size_t i = 0; i < once.posterior.values.size(); ++i)
    ASSERT_NEAR(once.posterior.values[i], reference.posterior.values[i], 1e-12);
}

TEST(ZeroBasedSkill, moves_by_the_learning_rate) {
  const auto labels = test::matrix_of({{0, 0, 0}, {0, 1, 0}, {0, 2, 1}}, 1, 3, 2);
  const Belief belief = test::believe(with({.steps = 1, .learning_rate = .25}), {labels});
  const double start = .5 + 1e-5;
  EXPECT_NEAR(belief.skill[0], start + .25 * (1 - start), 1e-12);
  EXPECT_NEAR(belief.skill[2], start - .25 * start, 1e-12);
}

TEST(ZeroBasedSkill, stopping_early_changes_no_answer) {
  const auto made = test::simulate({.lowest_accuracy = .3, .seed = 4});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Belief stopped = test::believe(with({}), {labels});
  EXPECT_TRUE(stopped.converged);
  EXPECT_LT(stopped.iterations, 100);
  const Belief later = test::believe(with({.steps = stopped.iterations + 7}), {labels});
  EXPECT_EQ(stopped.posterior.values, later.posterior.values);
}

TEST(ZeroBasedSkill, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(with({}));
}
TEST(ZeroBasedSkill, clamps_gold) {
  test::expect_gold_is_clamped(with({}));
}
TEST(ZeroBasedSkill, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}

TEST(ZeroBasedSkill, refuses_rates_outside_zero_to_one) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  for (const double rate : {0.0, -1.0, 1.5})
    EXPECT_EQ(zero_based_skill({labels}, {.learning_rate = rate}, {pool, progress}).error().code,
              ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
