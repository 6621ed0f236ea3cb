#include "mizan/engine/truth/methods/crowdlab.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/odd_labels.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Result<CrowdlabModel> fitted(const Evidence& evidence, const Table& model, std::size_t threads = 1) {
  ThreadPool pool(threads);
  const Progress progress;
  return fit_crowdlab(evidence, {.model_probability = &model}, {pool, progress});
}

// A model that is right with probability `skill` and then says so with .8.
Table made_model(const std::vector<std::int32_t>& truth, std::size_t classes, double skill) {
  Rng rng(77);
  Table model(truth.size(), classes, .2 / static_cast<double>(classes - 1));
  for (std::size_t t = 0; t < truth.size(); ++t) {
    auto answer = static_cast<std::size_t>(truth[t]);
    if (rng.uniform() >= skill) answer = (answer + 1) % classes;
    model.row(t)[answer] = .8;
  }
  return model;
}

// Four tasks, three annotators, worked out with pen and paper:
//   task  labels (A,B,C)  consensus  model
//   0     0 0 1           0          .7 .3
//   1     1 1 1           1          .4 .6
//   2     0 - 1           tie: 0     .9 .1
//   3     1 - -           1          .5 .5   (one label: not judged)
TEST(Crowdlab, is_the_formula_worked_out_by_hand) {
  const auto labels = test::matrix_of(
      {{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {1, 0, 1}, {1, 1, 1}, {1, 2, 1}, {2, 0, 0}, {2, 2, 1}, {3, 0, 1}}, 4,
      3, 2);
  Table probability(4, 2);
  probability.values = {.7, .3, .4, .6, .9, .1, .5, .5};
  const auto model = fitted({labels}, probability);
  ASSERT_TRUE(model);
  const double agreement = (2. / 3 + 1 + 1. / 2) / 3;
  EXPECT_NEAR(model->agreement, agreement, 1e-12);
  const double constant_error = 1. / 3;               // consensus 0, 1, 0
  const double model_weight = 1 * std::sqrt(9. / 4);  // the model errs on none of the three
  EXPECT_NEAR(model->model_weight, model_weight, 1e-12);
  const double a = std::max(1e-6, 1 - (1 - 3. / 5) / constant_error);  // with B, not C; with both; not with C
  const double b = 1 - (1 - 3. / 4) / constant_error;
  const double c = std::max(1e-6, 1 - (1 - 2. / 5) / constant_error);
  EXPECT_NEAR(model->belief.skill[0], a, 1e-12);
  EXPECT_NEAR(model->belief.skill[1], b, 1e-12);
  EXPECT_NEAR(model->belief.skill[2], c, 1e-12);
  const double first =
      (model_weight * .7 + (a + b) * agreement + c * (1 - agreement)) / (model_weight + a + b + c);
  EXPECT_NEAR(model->belief.posterior.row(0)[0], first, 1e-12);
  const double last = (model_weight * .5 + a * (1 - agreement)) / (model_weight + a);
  EXPECT_NEAR(model->belief.posterior.row(3)[0], last, 1e-12);
}

TEST(Crowdlab, a_good_model_helps_where_labels_are_few_and_a_poor_one_does_little_harm) {
  const test::SimulatedCrowd crowd{.tasks = 3000, .annotators = 30, .labels_per_task = 2};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  ThreadPool pool(1);
  const Progress progress;
  const double votes = test::accuracy_of(vote_shares({labels}, {pool, progress}), made.truth);
  const auto good = fitted({labels}, made_model(made.truth, 3, .9));
  const auto poor = fitted({labels}, made_model(made.truth, 3, .35));
  EXPECT_GT(test::accuracy_of(good->belief.posterior, made.truth), votes + .05);
  EXPECT_GT(test::accuracy_of(poor->belief.posterior, made.truth), votes - .02);
  EXPECT_GT(good->model_weight, 3 * poor->model_weight);
}

TEST(Crowdlab, with_one_label_per_task_the_model_judges_the_annotators) {
  const test::SimulatedCrowd crowd{.tasks = 3000, .annotators = 10, .labels_per_task = 1};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  const auto model = fitted({labels}, made_model(made.truth, 3, .9));
  ASSERT_TRUE(model);
  EXPECT_GT(model->belief.skill[9], model->belief.skill[0]);
  EXPECT_GT(test::accuracy_of(model->belief.posterior, made.truth), .85);
}

TEST(Crowdlab, gold_is_clamped_and_a_task_without_labels_gets_the_model) {
  auto made = test::simulate({.tasks = 50, .annotators = 8});
  made.truth.push_back(0);
  const auto labels = test::matrix_of(made.rows, 51, 8, 3);
  const Table probability = made_model(made.truth, 3, .9);
  std::vector<std::int32_t> gold(51, kNoGold);
  gold[3] = (made.truth[3] + 1) % 3;
  const auto model = fitted({labels, gold}, probability);
  ASSERT_TRUE(model);
  test::expect_probabilities(model->belief.posterior);
  EXPECT_EQ(model->belief.posterior.row(3)[static_cast<std::size_t>(gold[3])], 1);
  for (std::size_t k = 0; k < 3; ++k)
    EXPECT_NEAR(model->belief.posterior.row(50)[k], probability.row(50)[k], 1e-12);
}

TEST(Crowdlab, survives_odd_labels) {
  for (const auto& odd : test::odd_labels()) {
    SCOPED_TRACE(odd.name);
    const Table even(odd.labels.task_count(), 3, 1. / 3);
    const auto model = fitted({odd.labels}, even);
    ASSERT_TRUE(model);
    test::expect_probabilities(model->belief.posterior);
    for (const double weight : model->belief.skill) EXPECT_TRUE(std::isfinite(weight));
  }
}

TEST(Crowdlab, threads_do_not_matter) {
  const auto made = test::simulate({.tasks = 12'000, .annotators = 40});
  const auto labels = test::matrix_of(made.rows, 12'000, 40, 3);
  const Table probability = made_model(made.truth, 3, .8);
  const auto one = fitted({labels}, probability, 1);
  const auto four = fitted({labels}, probability, 4);
  EXPECT_EQ(one->belief.posterior.values, four->belief.posterior.values);
}

TEST(Crowdlab, refuses_a_model_that_does_not_fit) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  EXPECT_EQ(crowdlab({labels}, {}, {pool, progress}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fitted({labels}, Table(2, 2, .5)).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fitted({labels}, Table(1, 2, .9)).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
