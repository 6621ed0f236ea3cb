#include "mizan/engine/truth/em/squarem.h"

#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/dawid_skene.h"
#include "support/label_cases.h"
#include "support/shared_set.h"

namespace mizan::truth {
namespace {

// x <- A x + b with eigenvalues .99 and .5, as EM is near its fixed point (0, 0); the objective is -|x|^2.
Result<double> slow_map(std::span<double> from, std::span<double> to) {
  to[0] = .99 * from[0];
  to[1] = .5 * from[1];
  return -from[0] * from[0] - from[1] * from[1];
}

TEST(Squarem, reaches_the_fixed_point_of_a_slow_map_in_a_fraction_of_the_passes) {
  std::vector<double> plain{3, 4};
  std::vector<double> fast{3, 4};
  const SquaremOptions options{.max_passes = 5000, .tolerance = 1e-14};
  const auto slow = squarem(slow_map, plain, {5000, 1e-14, false});
  const auto quick = squarem(slow_map, fast, options);
  ASSERT_TRUE(slow && quick);
  EXPECT_TRUE(slow->converged);
  EXPECT_TRUE(quick->converged);
  EXPECT_LT(quick->passes * 10, slow->passes);
  EXPECT_LT(std::hypot(fast[0], fast[1]), 1e-5);
}

// Its steps point ever farther along a slope that ends in a cliff at 10.
Result<double> treacherous_map(std::span<double> from, std::span<double> to) {
  to[0] = from[0] + .5 * (9.9 - from[0]) * (from[0] > 0 ? 1 : .1);
  return from[0] > 10 ? -1000 : from[0];
}

TEST(Squarem, refuses_points_that_lower_the_objective) {
  std::vector<double> point{-3};
  const auto report = squarem(treacherous_map, point, {.max_passes = 200, .tolerance = 1e-13});
  ASSERT_TRUE(report);
  EXPECT_NEAR(point[0], 9.9, 1e-5);
  test::expect_never_falls(report->objective_trace);
}

TEST(Squarem, passes_on_the_error_of_the_map_and_keeps_to_its_passes) {
  std::vector<double> point{1, 1};
  int calls = 0;
  const auto failing = squarem(
      [&](std::span<double> from, std::span<double> to) -> Result<double> {
        if (++calls == 3) return fail(ErrorCode::cancelled, "enough");
        return slow_map(from, to);
      },
      point, {});
  ASSERT_FALSE(failing);
  EXPECT_EQ(failing.error().code, ErrorCode::cancelled);
  const auto limited = squarem(slow_map, point, {.max_passes = 7, .tolerance = 0});
  ASSERT_TRUE(limited);
  EXPECT_EQ(limited->passes, 7);
  EXPECT_FALSE(limited->converged);
}

Belief converge(const Evidence& evidence, bool accelerates) {
  return test::believe(
      [&](const Evidence& e, Run run) {
        return dawid_skene(e, {.max_steps = 3000, .tolerance = 1e-11, .accelerates = accelerates}, run);
      },
      evidence, 2);
}

struct Passes {
  int plain = 0;
  int accelerated = 0;
  int other_maximum = 0;  // sets on which the two ended on different maxima
};

// Lets both climb; how many passes each needs is printed.
void compare(const std::string& name, const Evidence& evidence, Passes& passes) {
  const Belief plain = converge(evidence, false);
  const Belief fast = converge(evidence, true);
  EXPECT_TRUE(plain.converged) << name;
  EXPECT_TRUE(fast.converged) << name;
  test::expect_never_falls(fast.objective_trace);
  const double higher = (fast.objective - plain.objective) / std::abs(plain.objective);
  EXPECT_GT(higher, -2e-4) << name;
  std::cout << "  " << name << ": " << plain.iterations << " passes, accelerated " << fast.iterations
            << ", objective higher by a share of " << higher << "\n";
  passes.plain += plain.iterations;
  passes.accelerated += fast.iterations;
  passes.other_maximum += std::abs(higher) > 1e-6 ? 1 : 0;
}

TEST(Squarem, dawid_skene_reaches_the_same_answers_in_fewer_passes_on_simulated_labels) {
  Passes passes;
  for (const std::size_t classes : {2U, 4U}) {
    const auto made = test::simulate(
        {.tasks = 1000, .annotators = 40, .classes = classes, .labels_per_task = 3, .lowest_accuracy = .4});
    const auto labels = test::matrix_of(made.rows, 1000, 40, classes);
    compare("simulated", {labels}, passes);
    const Belief plain = converge({labels}, false);
    const Belief fast = converge({labels}, true);
    for (std::size_t i = 0; i < plain.posterior.values.size(); ++i)
      ASSERT_NEAR(plain.posterior.values[i], fast.posterior.values[i], 5e-3);
  }
  EXPECT_EQ(passes.other_maximum, 0);
  EXPECT_LT(2 * passes.accelerated, passes.plain);
}

// The likelihood has many maxima: on one set of ten (relevance) the leaps end on another one.
TEST(Squarem, dawid_skene_converges_in_fewer_passes_on_real_labels) {
  Passes passes;
  for (const std::string& name : test::kSetsWithTruth) {
    MIZAN_NEEDS_SET(set, name);
    compare(name, {set.labels}, passes);
  }
  EXPECT_LE(passes.other_maximum, 1);
  EXPECT_LT(2 * passes.accelerated, passes.plain);
}

}  // namespace
}  // namespace mizan::truth
