#include "mizan/engine/truth/methods/bwa.h"

#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/odd_labels.h"
#include "support/published_accuracy.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(BwaOptions options) {
  return [options](const Evidence& evidence, Run run) { return bwa(evidence, options, run); };
}

// The method written for two classes as one yes/no question, as in the paper, with plain loops.
std::vector<double> answers_by_hand(const std::vector<LabelRow>& rows, std::size_t tasks,
                                    std::size_t annotators, int steps) {
  std::vector<double> count(tasks, 0), yes(tasks, 0), done(annotators, 0);
  for (const auto& row : rows) {
    count[row.task] += 1;
    yes[row.task] += row.label;
    done[row.annotator] += 1;
  }
  std::vector<double> z(tasks);
  double spread = 0;
  for (std::size_t t = 0; t < tasks; ++t) {
    z[t] = yes[t] / count[t];
    spread += count[t] * z[t] * (1 - z[t]);
  }
  const double b = 15 * spread / static_cast<double>(rows.size()) * 2;
  for (int step = 0; step < steps; ++step) {
    double mean = 0;
    for (const double value : z) mean += value / static_cast<double>(tasks);
    std::vector<double> error(annotators, b);
    for (const auto& row : rows)
      error[row.annotator] += (z[row.task] - row.label) * (z[row.task] - row.label);
    std::vector<double> above(tasks, mean), below(tasks, 1);
    for (const auto& row : rows) {
      const double precision = (15 + done[row.annotator]) / error[row.annotator];
      above[row.task] += precision * row.label;
      below[row.task] += precision;
    }
    for (std::size_t t = 0; t < tasks; ++t) z[t] = above[t] / below[t];
  }
  return z;
}

TEST(Bwa, is_the_paper_s_yes_no_average_for_two_classes) {
  const test::SimulatedCrowd crowd{.tasks = 60, .annotators = 9, .classes = 2, .labels_per_task = 4};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 2);
  for (const int steps : {1, 2, 7}) {
    const Belief belief = believe(with({.max_steps = steps, .tolerance = 0}), {labels});
    const auto by_hand = answers_by_hand(made.rows, crowd.tasks, crowd.annotators, steps);
    for (std::size_t t = 0; t < crowd.tasks; ++t)
      EXPECT_NEAR(belief.posterior.row(t)[1], by_hand[t], 1e-12) << steps << " steps, task " << t;
  }
}

TEST(Bwa, reaches_the_published_accuracies) {
  test::expect_published(with({}), {{"adult", .7417, .003},
                                    {"bluebird", .7593, 1e-4},
                                    {"dog", .8315, 1e-4},
                                    {"product", .9194, 1e-4},
                                    {"rte", .9275, 1e-4},
                                    {"web", .8225, 1e-4}});
}

TEST(Bwa, better_annotators_have_higher_precision) {
  const test::SimulatedCrowd crowd{.tasks = 2000, .annotators = 20};
  const auto made = test::simulate(crowd);
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3)});
  EXPECT_TRUE(belief.converged);
  for (std::size_t w = 5; w < crowd.annotators; ++w) EXPECT_GT(belief.skill[w], belief.skill[w - 5]) << w;
}

TEST(Bwa, gold_is_clamped) {
  test::expect_gold_is_clamped(with({}));
}
TEST(Bwa, names_do_not_matter) {
  test::expect_same_under_renaming(with({}));
}
TEST(Bwa, threads_do_not_matter) {
  test::expect_same_for_any_thread_count(with({}));
}
TEST(Bwa, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}
TEST(Bwa, survives_odd_labels) {
  test::expect_survives_odd_labels(with({}));
}

TEST(Bwa, refuses_options_that_make_no_sense) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  EXPECT_EQ(bwa({labels}, {.max_steps = 0}, {pool, progress}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(bwa({labels}, {.mean_strength = 0}, {pool, progress}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
