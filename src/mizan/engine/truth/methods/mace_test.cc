#include "mizan/engine/truth/methods/mace.h"

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(MaceOptions options) {
  return [options](const Evidence& evidence, Run run) { return mace(evidence, options, run); };
}

TEST(Mace, every_step_raises_the_free_energy) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto made = test::simulate({.lowest_accuracy = .2, .seed = seed});
    const auto labels = test::matrix_of(made.rows, 200, 20, 3);
    const Belief belief = believe(with({.max_steps = 60, .tolerance = 0, .seed = seed}), {labels});
    ASSERT_EQ(belief.objective_trace.size(), 60U);
    test::expect_never_falls(belief.objective_trace);
  }
}

TEST(Mace, free_energy_stays_below_the_log_evidence_of_a_single_label) {
  // One task, one annotator, one label of two classes: P(label) = 1/2 exactly, by symmetry.
  const auto labels = test::matrix_of({{0, 0, 1}}, 1, 1, 2);
  const Belief belief = believe(with({}), {labels});
  EXPECT_LT(belief.objective, std::log(.5));
  EXPECT_GT(belief.objective, std::log(.5) - 1);
}

// Half the annotators know; the other half always answer class 0.
TEST(Mace, sees_through_annotators_with_one_habit) {
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < 100; ++t)
    for (AnnotatorIndex w = 0; w < 6; ++w) rows.push_back({t, w, w < 3 ? t % 4 : 0});
  const Belief belief = believe(with({}), {test::matrix_of(rows, 100, 6, 4)});
  for (TaskIndex t = 0; t < 100; ++t) EXPECT_EQ(best_class(belief.posterior.row(t)), t % 4) << t;
  EXPECT_GT(belief.skill[0], .9);
  EXPECT_LT(belief.skill[5], .4);
}

TEST(Mace, rows_of_the_confusion_matrices_are_probabilities) {
  const auto made = test::simulate({});
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, 200, 20, 3)});
  for (std::size_t row = 0; row < 60; ++row)
    EXPECT_NEAR(belief.confusion[3 * row] + belief.confusion[3 * row + 1] + belief.confusion[3 * row + 2], 1,
                1e-12);
}

TEST(Mace, the_same_seed_gives_the_same_beliefs) {
  const auto made = test::simulate({.lowest_accuracy = .2});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  EXPECT_EQ(believe(with({.starts = 5, .seed = 4}), {labels}).posterior.values,
            believe(with({.starts = 5, .seed = 4}), {labels}).posterior.values);
}

TEST(Mace, more_starts_never_end_lower) {
  const auto made = test::simulate({.tasks = 60, .lowest_accuracy = .1, .highest_accuracy = .7});
  const auto labels = test::matrix_of(made.rows, 60, 20, 3);
  EXPECT_GE(believe(with({.starts = 10}), {labels}).objective,
            believe(with({.starts = 1}), {labels}).objective);
}

TEST(Mace, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(with({.starts = 2, .max_steps = 8}));
}
TEST(Mace, does_not_depend_on_names) {
  test::expect_same_under_renaming(with({.starts = 1}), 1e-6);
}
TEST(Mace, clamps_gold) {
  test::expect_gold_is_clamped(with({}));
}
TEST(Mace, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}

TEST(Mace, refuses_options_that_make_no_sense) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  EXPECT_EQ(mace({labels}, {.max_steps = 0}, {pool, progress}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(mace({labels}, {.habit_prior = 0}, {pool, progress}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
