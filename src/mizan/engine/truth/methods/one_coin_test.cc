#include "mizan/engine/truth/methods/one_coin.h"

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(OneCoinOptions options) {
  return [options](const Evidence& evidence, Run run) { return one_coin(evidence, options, run); };
}

TEST(OneCoin, posteriors_are_bayes_rule_on_its_parameters_for_every_tiny_matrix) {
  for (unsigned code = 0; code < 729; ++code) {  // 3 tasks x 2 annotators x 3 classes
    std::vector<LabelRow> rows;
    for (unsigned cell = 0, rest = code; cell < 6; ++cell, rest /= 3)
      rows.push_back({cell / 2, cell % 2, rest % 3});
    const Belief belief = believe(with({.max_steps = 3}), {test::matrix_of(rows, 3, 2, 3)});
    for (std::size_t t = 0; t < 3; ++t) {
      std::vector<double> joint(3);
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        joint[k] = belief.class_prior[k];
        for (std::size_t w = 0; w < 2; ++w)
          joint[k] *= rows[2 * t + w].label == k ? belief.skill[w] : (1 - belief.skill[w]) / 2;
        sum += joint[k];
      }
      for (std::size_t k = 0; k < 3; ++k)
        ASSERT_NEAR(belief.posterior.row(t)[k], joint[k] / sum, 1e-12) << code;
    }
  }
}

TEST(OneCoin, every_step_raises_the_objective_under_a_fixed_prior) {
  const auto made = test::simulate({.lowest_accuracy = .2, .seed = 31});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Belief belief = believe(with({.max_steps = 60, .tolerance = 0, .learns_prior = false}), {labels});
  ASSERT_EQ(belief.objective_trace.size(), 60U);
  test::expect_never_falls(belief.objective_trace);
}

TEST(OneCoin, recovers_the_skill_of_annotators_with_two_hundred_labels) {
  const test::SimulatedCrowd crowd{.tasks = 2000, .annotators = 50, .seed = 8};
  const auto made = test::simulate(crowd);
  const Belief belief =
      believe(with({}), {test::matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes)});
  double error = 0;
  for (std::size_t w = 0; w < crowd.annotators; ++w) error += std::abs(belief.skill[w] - made.accuracy[w]);
  EXPECT_LT(error / static_cast<double>(crowd.annotators), .03);
}

TEST(OneCoin, a_learned_prior_speaks_for_annotators_without_labels) {
  const auto made =
      test::simulate({.tasks = 2000, .annotators = 100, .lowest_accuracy = .9, .highest_accuracy = .92});
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, 2000, 101, 3)});
  EXPECT_NEAR(belief.skill[100], .91, .02);
}

TEST(OneCoin, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(with({.max_steps = 8}));
}
TEST(OneCoin, does_not_depend_on_names) {
  test::expect_same_under_renaming(with({}), 1e-6);
}
TEST(OneCoin, clamps_gold) {
  test::expect_gold_is_clamped(with({}));
}
TEST(OneCoin, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}

TEST(OneCoin, refuses_pseudo_counts_that_are_not_positive) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  EXPECT_EQ(one_coin({labels}, {.prior = {0, 1}}, {pool, progress}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(one_coin({labels}, {.max_steps = 0}, {pool, progress}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
