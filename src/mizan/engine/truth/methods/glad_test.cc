#include "mizan/engine/truth/methods/glad.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/odd_labels.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(GladOptions options) {
  return [options](const Evidence& evidence, Run run) { return glad(evidence, options, run); };
}

GladModel fitted(const Evidence& evidence, const GladOptions& options = {}) {
  ThreadPool pool(2);
  const Progress progress;
  auto model = fit_glad(evidence, options, {pool, progress});
  EXPECT_TRUE(model);
  return *std::move(model);
}

TEST(Glad, a_label_is_right_with_the_probability_of_the_paper) {
  EXPECT_NEAR(glad_right(1.5, std::log(2.0)), .952574, 1e-6);
  EXPECT_NEAR(glad_right(0, 3), .5, 1e-12);
  EXPECT_NEAR(glad_right(-1.5, std::log(2.0)), 1 - .952574, 1e-6);
  EXPECT_EQ(glad_right(1000, 5), 1);
  EXPECT_GE(glad_right(-1000, 5), 0);
}

// log P(labels | abilities, easiness) by listing every class of a task.
double log_likelihood_of_task(const GladModel& model, const LabelMatrix& labels, TaskIndex task) {
  const std::size_t classes = labels.class_count();
  double sum = 0;
  for (std::size_t answer = 0; answer < classes; ++answer) {
    double joint = 1.0 / static_cast<double>(classes);
    labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
      const double right = glad_right(model.belief.skill[annotator], model.log_easiness[task]);
      joint *= label == answer ? right : (1 - right) / static_cast<double>(classes - 1);
    });
    sum += joint;
  }
  return std::log(sum);
}

double objective_by_hand(const GladModel& model, const LabelMatrix& labels) {
  double total = 0;
  for (TaskIndex t = 0; t < labels.task_count(); ++t) total += log_likelihood_of_task(model, labels, t);
  for (const double ability : model.belief.skill) total -= (ability - 1) * (ability - 1) / 2;
  for (const double value : model.log_easiness) total -= (value - 1) * (value - 1) / 2;
  return total;
}

TEST(Glad, ends_where_no_parameter_can_be_moved_for_the_better) {
  const test::SimulatedCrowd crowd{.tasks = 40, .annotators = 8};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  GladModel model = fitted({labels}, {.max_steps = 20'000, .tolerance = 1e-14});
  const double top = objective_by_hand(model, labels);
  EXPECT_NEAR(model.belief.objective, top, 1e-8);
  const auto expect_top = [&](double& parameter) {
    const double kept = parameter;
    for (const double move : {-.01, .01}) {
      parameter = kept + move;
      EXPECT_LT(objective_by_hand(model, labels), top);
    }
    parameter = kept;
  };
  for (double& ability : model.belief.skill) expect_top(ability);
  for (double& value : model.log_easiness) expect_top(value);
}

TEST(Glad, the_objective_never_falls) {
  const test::SimulatedCrowd crowd{.tasks = 300, .annotators = 25, .lowest_accuracy = 0.2};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  const Belief belief = believe(with({.max_steps = 100, .tolerance = 0}), {labels});
  EXPECT_EQ(belief.iterations, 100);
  test::expect_never_falls(belief.objective_trace);
}

TEST(Glad, abler_annotators_and_easier_tasks_are_told_apart) {
  Rng rng(3);
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < 400; ++t)
    for (AnnotatorIndex w = 0; w < 12; ++w) {
      const double right = glad_right(w < 6 ? 2.0 : 0.5, t < 200 ? 1.0 : -1.0);
      const auto answer = static_cast<ClassIndex>(t % 2);
      rows.push_back({t, w, rng.uniform() < right ? answer : 1 - answer});
    }
  const GladModel model = fitted({test::matrix_of(rows, 400, 12, 2)});
  for (std::size_t able = 0; able < 6; ++able)
    for (std::size_t other = 6; other < 12; ++other)
      EXPECT_GT(model.belief.skill[able], model.belief.skill[other]);
  double easy = 0;
  double hard = 0;
  for (std::size_t t = 0; t < 200; ++t) {
    easy += model.log_easiness[t] / 200;
    hard += model.log_easiness[t + 200] / 200;
  }
  EXPECT_GT(easy, hard + 0.5);
}

TEST(Glad, gold_is_clamped) {
  test::expect_gold_is_clamped(with({}));
}
TEST(Glad, names_do_not_matter) {
  test::expect_same_under_renaming(with({}));
}
TEST(Glad, threads_do_not_matter) {
  test::expect_same_for_any_thread_count(with({.max_steps = 10}));
}
TEST(Glad, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}
TEST(Glad, survives_odd_labels) {
  test::expect_survives_odd_labels(with({}));
}

}  // namespace
}  // namespace mizan::truth
