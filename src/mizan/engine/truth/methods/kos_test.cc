#include "mizan/engine/truth/methods/kos.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/odd_labels.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(KosOptions options) {
  return [options](const Evidence& evidence, Run run) { return kos(evidence, options, run); };
}

// The messages as the paper writes them, without scaling, from weights of one: side of every task.
std::vector<double> by_hand(const std::vector<LabelRow>& rows, std::size_t tasks, std::vector<double> weight,
                            int steps) {
  const auto sign = [&](std::size_t e) { return rows[e].label == 0 ? 1.0 : -1.0; };
  for (int step = 0; step < steps; ++step) {
    std::vector<double> opinion(rows.size(), 0.0);
    for (std::size_t e = 0; e < rows.size(); ++e)
      for (std::size_t other = 0; other < rows.size(); ++other)
        if (other != e && rows[other].task == rows[e].task) opinion[e] += sign(other) * weight[other];
    for (std::size_t e = 0; e < rows.size(); ++e) {
      weight[e] = 0;
      for (std::size_t other = 0; other < rows.size(); ++other)
        if (other != e && rows[other].annotator == rows[e].annotator)
          weight[e] += sign(other) * opinion[other];
    }
  }
  double sum = 0;
  for (const double value : weight) sum += value;
  std::vector<double> side(tasks, 0.0);
  for (std::size_t e = 0; e < rows.size(); ++e)
    side[rows[e].task] += sign(e) * weight[e] * (sum < 0 ? -1 : 1);
  return side;
}

TEST(Kos, passes_the_paper_s_messages) {
  const test::SimulatedCrowd crowd{.tasks = 30, .annotators = 8, .classes = 2, .labels_per_task = 3};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 2);
  for (const int steps : {1, 2, 5}) {
    const Belief belief = believe(with({.max_steps = steps, .tolerance = 0, .seed = 4}), {labels});
    Rng rng(4);
    std::vector<double> first;
    for (std::size_t e = 0; e < made.rows.size(); ++e) first.push_back(1 + rng.normal());
    const auto side = by_hand(made.rows, crowd.tasks, first, steps);
    for (std::size_t t = 0; t < crowd.tasks; ++t) {
      if (std::abs(side[t]) <= 1e-9) continue;
      EXPECT_EQ(belief.posterior.row(t)[0] > .5, side[t] > 0) << steps << " " << t;
    }
  }
}

TEST(Kos, finds_spammers_and_adversaries) {
  Rng rng(8);
  std::vector<LabelRow> rows;
  std::vector<std::int32_t> truth;
  for (TaskIndex t = 0; t < 1000; ++t) {
    const auto answer = static_cast<ClassIndex>(rng.below(2));
    truth.push_back(static_cast<std::int32_t>(answer));
    for (AnnotatorIndex w = 0; w < 9; ++w) {
      const double right = w < 4 ? .9 : (w < 7 ? .5 : .1);  // able, random, contrary
      rows.push_back({t, w, rng.uniform() < right ? answer : 1 - answer});
    }
  }
  const auto labels = test::matrix_of(rows, 1000, 9, 2);
  const Belief belief = believe(with({}), {labels});
  EXPECT_TRUE(belief.converged);
  EXPECT_GT(test::accuracy_of(belief.posterior, truth), .97);
  for (std::size_t w = 0; w < 4; ++w) EXPECT_GT(belief.skill[w], 0);
  for (std::size_t w = 7; w < 9; ++w) EXPECT_LT(belief.skill[w], 0);
}

TEST(Kos, gold_decides_which_side_is_right) {
  // Contrary annotators are in the majority: only gold can tell.
  Rng rng(8);
  std::vector<LabelRow> rows;
  std::vector<std::int32_t> truth;
  std::vector<std::int32_t> gold;
  for (TaskIndex t = 0; t < 400; ++t) {
    const auto answer = static_cast<ClassIndex>(rng.below(2));
    truth.push_back(static_cast<std::int32_t>(answer));
    gold.push_back(t < 100 ? truth.back() : kNoGold);
    for (AnnotatorIndex w = 0; w < 7; ++w)
      rows.push_back({t, w, rng.uniform() < (w < 2 ? .9 : .2) ? answer : 1 - answer});
  }
  const auto labels = test::matrix_of(rows, 400, 7, 2);
  EXPECT_LT(test::accuracy_of(believe(with({}), {labels}).posterior, truth), .2);
  const Belief told = believe(with({}), {labels, gold});
  EXPECT_GT(test::accuracy_of(told.posterior, truth), .9);
  for (std::size_t t = 0; t < 100; ++t)
    EXPECT_EQ(told.posterior.row(t)[static_cast<std::size_t>(gold[t])], 1);
}

TEST(Kos, names_do_not_matter_once_settled) {
  const test::SimulatedCrowd crowd{.tasks = 150, .annotators = 12, .classes = 2};
  const auto made = test::simulate(crowd);
  std::vector<LabelRow> renamed;
  for (const auto& row : made.rows) renamed.push_back({149 - row.task, 11 - row.annotator, 1 - row.label});
  const Belief a = believe(with({.tolerance = 1e-12}), {test::matrix_of(made.rows, 150, 12, 2)});
  const Belief b = believe(with({.tolerance = 1e-12}), {test::matrix_of(renamed, 150, 12, 2)});
  for (std::size_t t = 0; t < 150; ++t)
    EXPECT_NEAR(a.posterior.row(t)[0], b.posterior.row(149 - t)[1], 1e-6) << t;
}

TEST(Kos, one_label_per_task_is_the_answer) {
  const test::SimulatedCrowd crowd{.tasks = 500, .annotators = 20, .classes = 2, .labels_per_task = 1};
  const auto made = test::simulate(crowd);
  const Belief belief = believe(with({}), {test::matrix_of(made.rows, 500, 20, 2)});
  for (const auto& row : made.rows) EXPECT_EQ(best_class(belief.posterior.row(row.task)), row.label);
}

TEST(Kos, threads_do_not_matter) {
  const test::SimulatedCrowd crowd{.tasks = 12'000, .annotators = 40, .classes = 2};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 2);
  const Belief one = believe(with({}), {labels}, 1);
  for (const std::size_t threads : {2U, 4U}) {
    const Belief many = believe(with({}), {labels}, threads);
    EXPECT_EQ(one.posterior.values, many.posterior.values);
    EXPECT_EQ(one.skill, many.skill);
  }
}

TEST(Kos, survives_odd_labels) {
  test::expect_survives_odd_labels(with({}), 2);
}

TEST(Kos, is_for_two_classes) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 3);
  const auto refused = kos({labels}, {}, {pool, progress});
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(refused.error().message.find("two classes"), std::string::npos);
}

}  // namespace
}  // namespace mizan::truth
