#include "mizan/engine/truth/blend/stacking.h"

#include <cmath>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::truth {
namespace {

TEST(Stacking, without_answers_the_weights_stay) {
  const std::vector<double> start{.2, .3, .5};
  const std::vector<double> weight = mixture_weights(Table(0, 3), start, 10);
  for (std::size_t m = 0; m < 3; ++m) EXPECT_NEAR(weight[m], start[m], 1e-12);
}

// Two methods, one grid: the penalised log-likelihood has its top where the weights are.
TEST(Stacking, weights_are_the_top_of_the_penalised_likelihood) {
  Rng rng(3);
  Table likelihood(40, 2);
  for (double& p : likelihood.values) p = rng.uniform();
  const std::vector<double> start{.5, .5};
  constexpr double kPrior = 6;
  const auto value = [&](double w) {
    double sum = kPrior * (.5 * std::log(w) + .5 * std::log(1 - w));
    for (std::size_t g = 0; g < 40; ++g)
      sum += std::log(w * (likelihood.row(g)[0] + 1e-6) + (1 - w) * (likelihood.row(g)[1] + 1e-6));
    return sum;
  };
  double best = .5;
  for (double w = .001; w < 1; w += .001)
    if (value(w) > value(best)) best = w;
  EXPECT_NEAR(mixture_weights(likelihood, start, kPrior)[0], best, .002);
}

TEST(Stacking, a_method_that_is_always_right_wins_as_answers_come) {
  const std::vector<double> start{.5, .5};
  double before = .5;
  for (const std::size_t answers : {10U, 100U, 1000U}) {
    Table likelihood(answers, 2, .99);
    for (std::size_t g = 0; g < answers; ++g) likelihood.row(g)[1] = g % 2 == 0 ? .9 : .1;
    const double weight = mixture_weights(likelihood, start, 20)[0];
    EXPECT_GT(weight, before);
    before = weight;
  }
  EXPECT_GT(before, .9);
}

TEST(Stacking, mixture_adds_up) {
  ThreadPool pool(2);
  const Progress progress;
  Table a(1, 2);
  Table b(1, 2);
  a.values = {1, 0};
  b.values = {.5, .5};
  const Table* const parts[] = {&a, &b};
  const std::vector<double> weight{.25, .75};
  EXPECT_EQ(mixture(parts, weight, {pool, progress}).values, (std::vector<double>{.625, .375}));
}

}  // namespace
}  // namespace mizan::truth
