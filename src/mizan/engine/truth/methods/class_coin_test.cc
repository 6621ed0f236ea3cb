#include "mizan/engine/truth/methods/class_coin.h"

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(ClassCoinOptions options) {
  return [options](const Evidence& evidence, Run run) { return class_coin(evidence, options, run); };
}

TEST(ClassCoin, posteriors_are_bayes_rule_on_its_parameters_for_every_tiny_matrix) {
  for (unsigned code = 0; code < 729; ++code) {  // 3 tasks x 2 annotators x 3 classes
    std::vector<LabelRow> rows;
    for (unsigned cell = 0, rest = code; cell < 6; ++cell, rest /= 3)
      rows.push_back({cell / 2, cell % 2, rest % 3});
    const Belief belief = believe(with({.max_steps = 3}), {test::matrix_of(rows, 3, 2, 3)});
    for (std::size_t t = 0; t < 3; ++t) {
      std::vector<double> joint(belief.class_prior);
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        for (std::size_t w = 0; w < 2; ++w)
          joint[k] *= belief.confusion[(w * 3 + k) * 3 + rows[2 * t + w].label];
        sum += joint[k];
      }
      for (std::size_t k = 0; k < 3; ++k)
        ASSERT_NEAR(belief.posterior.row(t)[k], joint[k] / sum, 1e-12) << code;
    }
  }
}

TEST(ClassCoin, rows_of_the_confusion_matrices_are_probabilities) {
  const auto made = test::simulate({});
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, 200, 21, 3)});
  for (std::size_t row = 0; row < 21 * 3; ++row)
    EXPECT_NEAR(belief.confusion[3 * row] + belief.confusion[3 * row + 1] + belief.confusion[3 * row + 2], 1,
                1e-12);
}

TEST(ClassCoin, errors_of_all_annotators_fall_alike) {
  const auto made = test::simulate({});
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, 200, 20, 3)});
  const double ratio = belief.confusion[1] / belief.confusion[2];
  for (std::size_t w = 1; w < 20; ++w)
    EXPECT_NEAR(belief.confusion[9 * w + 1] / belief.confusion[9 * w + 2], ratio, 1e-9);
}

TEST(ClassCoin, every_step_raises_the_objective_under_a_fixed_prior) {
  const auto made = test::simulate({.lowest_accuracy = .2, .seed = 31});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Belief belief = believe(with({.max_steps = 60, .tolerance = 0, .learns_prior = false}), {labels});
  ASSERT_EQ(belief.objective_trace.size(), 60U);
  test::expect_never_falls(belief.objective_trace);
}

TEST(ClassCoin, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(with({.max_steps = 5}));
}
TEST(ClassCoin, does_not_depend_on_names) {
  test::expect_same_under_renaming(with({}), 1e-6);
}
TEST(ClassCoin, clamps_gold) {
  test::expect_gold_is_clamped(with({}));
}
TEST(ClassCoin, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}

TEST(ClassCoin, refuses_pseudo_counts_that_are_not_positive) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  EXPECT_EQ(class_coin({labels}, {.prior = {1, 0}}, {pool, progress}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(class_coin({labels}, {.error_pseudo_count = 0}, {pool, progress}).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
