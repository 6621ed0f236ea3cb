#include "mizan/engine/truth/methods/mmsr.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/odd_labels.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(MmsrOptions options) {
  return [options](const Evidence& evidence, Run run) { return mmsr(evidence, options, run); };
}

TEST(Mmsr, recovers_the_skills_that_made_the_labels) {
  const test::SimulatedCrowd crowd{.tasks = 4000, .annotators = 16, .labels_per_task = 8};
  const auto made = test::simulate(crowd);
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3)});
  for (std::size_t w = 0; w < crowd.annotators; ++w)
    EXPECT_NEAR(belief.skill[w], (made.accuracy[w] - 1. / 3) * 1.5, .05) << w;
}

// The same labels for every task: covariances are exact products, so the factorisation is exact too.
TEST(Mmsr, factors_an_exact_rank_one_matrix) {
  // Three annotators, two classes, agreement by construction: a-b 3/4, a-c 3/4, b-c 1/2 -> covariances .5 .5
  // 0.
  const std::vector<LabelRow> rows{{0, 0, 0}, {0, 1, 0}, {0, 2, 0}, {1, 0, 0}, {1, 1, 1}, {1, 2, 0},
                                   {2, 0, 1}, {2, 1, 1}, {2, 2, 0}, {3, 0, 1}, {3, 1, 1}, {3, 2, 1}};
  const Belief belief = believe(with({}), {test::matrix_of(rows, 4, 3, 2)});
  EXPECT_NEAR(belief.skill[0], .5, 1e-9);
  EXPECT_EQ(best_class(belief.posterior.row(1)), 0U);
  EXPECT_EQ(best_class(belief.posterior.row(2)), 1U);
}

TEST(Mmsr, holds_against_adversaries_who_share_tasks_with_everybody) {
  Rng rng(8);
  std::vector<LabelRow> rows;
  std::vector<std::int32_t> truth;
  for (TaskIndex t = 0; t < 1500; ++t) {
    const auto answer = static_cast<ClassIndex>(rng.below(2));
    truth.push_back(static_cast<std::int32_t>(answer));
    for (AnnotatorIndex w = 0; w < 15; ++w) {
      const double right = w < 10 ? .75 : .2;
      rows.push_back({t, w, rng.uniform() < right ? answer : 1 - answer});
    }
  }
  const Belief belief = believe(with({}), {test::matrix_of(rows, 1500, 15, 2)});
  EXPECT_GT(test::accuracy_of(belief.posterior, truth), .97);
  for (std::size_t w = 0; w < 10; ++w) EXPECT_NEAR(belief.skill[w], .5, .1) << w;
  for (std::size_t w = 10; w < 15; ++w) EXPECT_NEAR(belief.skill[w], -.6, .1) << w;
}

TEST(Mmsr, gold_takes_part_as_one_more_annotator) {
  const std::vector<LabelRow> rows{{0, 0, 0}, {1, 0, 1}, {2, 0, 0}, {3, 0, 1},
                                   {0, 1, 1}, {1, 1, 1}, {2, 1, 1}, {3, 1, 0}};
  const std::vector<std::int32_t> gold{0, 1, 0, 1};
  const Belief belief = believe(with({}), {test::matrix_of(rows, 4, 2, 2), gold});
  EXPECT_GT(belief.skill[0], belief.skill[1]);
}

TEST(Mmsr, annotators_without_company_count_as_average) {
  auto made = test::simulate({.tasks = 500, .annotators = 10});
  made.rows.push_back({500, 10, 2});
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, 501, 11, 3)});
  double mean = 0;
  for (std::size_t w = 0; w < 10; ++w) mean += belief.skill[w] / 10;
  EXPECT_NEAR(belief.skill[10], mean, 1e-9);
  EXPECT_EQ(best_class(belief.posterior.row(500)), 2U);
}

TEST(Mmsr, gold_is_clamped) {
  test::expect_gold_is_clamped(with({}));
}
TEST(Mmsr, names_do_not_matter_once_settled) {
  test::expect_same_under_renaming(with({.tolerance = 1e-10}), 1e-3);
}
TEST(Mmsr, threads_do_not_matter) {
  test::expect_same_for_any_thread_count(with({.max_steps = 20}));
}
TEST(Mmsr, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}
TEST(Mmsr, survives_odd_labels) {
  test::expect_survives_odd_labels(with({}));
}

TEST(Mmsr, refuses_more_pairs_than_memory_holds) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 3, 2);
  EXPECT_EQ(mmsr({labels}, {.most_annotators = 2}, {pool, progress}).error().code,
            ErrorCode::cannot_be_known);
}

}  // namespace
}  // namespace mizan::truth
