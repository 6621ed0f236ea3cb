#include "mizan/engine/supplier/until_known.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"
#include "mizan/engine/simulation/simulate_labels.h"
#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/truth/methods/class_coin.h"
#include "mizan/engine/truth/methods/dawid_skene.h"

namespace mizan::supplier {
namespace {

const Progress kQuiet;

/// A pair as compare_suppliers leaves it, from this mean and standard error.
PairComparison pair_of(double difference, double standard_error, std::size_t tasks) {
  PairComparison pair;
  pair.difference = difference;
  pair.standard_error = standard_error;
  pair.task_count = tasks;
  if (std::abs(difference) > student_quantile(0.975, pair.degrees) * standard_error)
    pair.conclusion = difference > 0 ? Conclusion::a_better : Conclusion::b_better;
  return pair;
}

/// Two suppliers who label the same tasks; a task may be hard for both.
struct World {
  double a, b;
  Rng rng;
  std::vector<int> seen{};  ///< a right minus b right, task by task

  explicit World(std::uint64_t seed) : a(0), b(0), rng(seed) {
    // Nothing is known of the difference beforehand: every size of it alike.
    const double difference = 0.6 * rng.uniform() - 0.3;
    a = 0.5 + difference / 2;
    b = 0.5 - difference / 2;
  }
  void label(std::uint64_t tasks) {
    for (std::uint64_t i = 0; i < tasks; ++i) {
      const double ease = rng.uniform() < 0.5 ? 0.12 : -0.12;
      const int a_right = rng.uniform() < a + ease ? 1 : 0;
      const int b_right = rng.uniform() < b + ease ? 1 : 0;
      seen.push_back(a_right - b_right);
    }
  }
  [[nodiscard]] PairComparison compare() const {
    double sum = 0;
    double squares = 0;
    for (const int one : seen) {
      sum += one;
      squares += one * one;
    }
    const auto n = static_cast<double>(seen.size());
    const double mean = sum / n;
    return pair_of(mean, std::sqrt((squares - n * mean * mean) / (n - 1) / n), seen.size());
  }
};

struct Tally {
  double worlds = 0;
  double known = 0;
  [[nodiscard]] double share() const { return known / worlds; }
};

TEST(UntilKnown, in_drawn_worlds_the_forecast_numbers_have_the_stated_chances) {
  Tally low, likely, high;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    World world(seed);
    world.label(150);
    const UntilKnown forecast = until_known(world.compare());
    if (forecast.state == UntilKnownState::known) continue;
    ASSERT_EQ(forecast.state, UntilKnownState::reachable);
    const auto look = [&](std::uint64_t further, Tally& tally) {
      if (further > 200'000) return;
      world.label(150 + further - world.seen.size());
      tally.worlds += 1;
      tally.known += world.compare().conclusion != Conclusion::not_known ? 1 : 0;
    };
    look(*forecast.low, low);
    look(*forecast.likely, likely);
    look(forecast.high.value_or(UntilKnown::kFarthest), high);
  }
  ASSERT_GT(likely.worlds, 500);
  EXPECT_NEAR(low.share(), UntilKnown::kLowChance, 0.05);
  EXPECT_NEAR(likely.share(), 0.5, 0.05);
  EXPECT_NEAR(high.share(), UntilKnown::kHighChance, 0.05);
}

TEST(UntilKnown, a_difference_that_stays_needs_the_tasks_of_the_textbook) {
  // z² s² n / d²: at 1.5 standard errors 1.96² / 1.5² times as many tasks as now.
  const UntilKnown forecast = until_known(pair_of(0.03, 0.02, 400));
  ASSERT_EQ(forecast.state, UntilKnownState::reachable);
  EXPECT_NEAR(static_cast<double>(*forecast.likely), 400 * (1.96 * 1.96 / 2.25 - 1), 4);
  EXPECT_LT(*forecast.low, *forecast.likely);
  EXPECT_LT(*forecast.likely, *forecast.high);
}

TEST(UntilKnown, the_chance_grows_with_the_tasks) {
  PairComparison pair = pair_of(0.01, 0.03, 200);
  pair.degrees = 40;
  pair.lasting_variance = 0.0001;
  double before = 0;
  for (std::uint64_t further = 1; further < 1'000'000; further *= 3) {
    const double chance = chance_to_know(pair, further);
    EXPECT_GE(chance, before) << further;
    before = chance;
  }
}

TEST(UntilKnown, what_is_known_needs_nothing) {
  const UntilKnown forecast = until_known(pair_of(-0.06, 0.02, 400));
  EXPECT_EQ(forecast.state, UntilKnownState::known);
  EXPECT_FALSE(forecast.likely);
}

TEST(UntilKnown, methods_that_disagree_for_good_keep_it_out_of_reach) {
  PairComparison pair = pair_of(0.01, 0.03, 200);
  pair.lasting_variance = 0.025 * 0.025;
  EXPECT_EQ(until_known(pair).state, UntilKnownState::out_of_reach);
  // The same difference without them: many tasks, and it is known.
  pair.lasting_variance = 0;
  EXPECT_EQ(until_known(pair).state, UntilKnownState::reachable);
}

TEST(UntilKnown, no_difference_at_all_is_believed_small_and_not_nought) {
  const UntilKnown forecast = until_known(pair_of(0, 0.03, 200));
  ASSERT_EQ(forecast.state, UntilKnownState::reachable);
  EXPECT_GT(*forecast.likely, 1000U);
}

TEST(UntilKnown, a_handful_of_tasks_says_nothing) {
  EXPECT_EQ(until_known(pair_of(0.1, 0.1, 19)).state, UntilKnownState::too_little);
  EXPECT_EQ(until_known(pair_of(0, 0, 100)).state, UntilKnownState::too_little);
  EXPECT_EQ(until_known(PairComparison{}).state, UntilKnownState::too_little);
}

/// The whole estimate, truth unknown: of the first `tasks` tasks of a simulated project.
PairComparison assessed(const simulation::Simulation& sim, std::size_t tasks, ThreadPool& pool) {
  std::vector<truth::LabelRow> rows;
  for (std::size_t i = 0; i < sim.table.task.size(); ++i)
    if (sim.table.task[i] < tasks)
      rows.push_back({sim.table.task[i], sim.table.annotator[i],
                      static_cast<truth::ClassIndex>(sim.table.questions[0].label[i])});
  const auto labels = *truth::LabelMatrix::from_rows(rows, tasks, sim.table.annotators.size(), 3);
  const truth::Run run{pool, kQuiet};
  const auto one = truth::dawid_skene({labels, {}}, {.max_steps = 3}, run);
  const auto other = truth::class_coin({labels, {}}, {}, run);
  const truth::Table* others[] = {&other->posterior};
  return assess_accuracy({.labels = labels,
                          .posterior = one->posterior,
                          .other_posteriors = others,
                          .supplier_of_annotator = sim.table.supplier_of_annotator,
                          .supplier_count = 2},
                         run)
      ->pairs[0];
}

TEST(UntilKnown, the_standard_error_of_the_whole_estimate_falls_as_the_forecast_says) {
  ThreadPool pool;
  double told = 0;
  double found = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    simulation::SimulationOptions options;
    options.seed = seed;
    options.task_count = 1200;
    options.suppliers = {{.name = "a", .annotator_count = 12, .labels_per_task = 2, .skill_mean = 0.75},
                         {.name = "b", .annotator_count = 12, .labels_per_task = 2, .skill_mean = 0.78}};
    const auto sim = *simulation::simulate_labels(options);
    const PairComparison early = assessed(sim, 300, pool);
    const PairComparison late = assessed(sim, 1200, pool);
    const double share = static_cast<double>(early.task_count) / static_cast<double>(late.task_count);
    const double now = early.standard_error * early.standard_error;
    EXPECT_LE(early.lasting_variance, now);
    told += early.lasting_variance + (now - early.lasting_variance) * share;
    found += late.standard_error * late.standard_error;
  }
  EXPECT_NEAR(std::sqrt(found / told), 1, 0.25);
}

}  // namespace
}  // namespace mizan::supplier
