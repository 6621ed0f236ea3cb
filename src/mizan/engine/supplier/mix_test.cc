#include "mizan/engine/supplier/mix.h"

#include <cmath>

#include <gtest/gtest.h>

#include "mizan/engine/simulation/simulate_labels.h"
#include "mizan/engine/truth/methods/class_coin.h"

namespace mizan::supplier {
namespace {

const Progress kQuiet;

struct Pilot {
  simulation::Simulation sim;
  truth::LabelMatrix labels;
  std::vector<std::int32_t> gold;
  truth::Table posterior;
};

Pilot pilot(double gold_share, ThreadPool& pool) {
  simulation::SimulationOptions options;
  options.task_count = 1200;
  options.gold_share = gold_share;
  options.suppliers = {{.name = "crowd", .annotator_count = 30, .labels_per_task = 5, .skill_mean = 0.7},
                       {.name = "experts",
                        .annotator_count = 5,
                        .labels_per_task = 1,
                        .skill_mean = 0.97,
                        .skill_spread = 0.01}};
  auto sim = *simulation::simulate_labels(options);
  auto labels = *truth::LabelMatrix::from_columns(pool, sim.table.task, sim.table.annotator,
                                                  sim.table.questions[0].label, sim.table.tasks.size(),
                                                  sim.table.annotators.size(), options.class_count);
  std::vector<std::int32_t> gold(sim.truth.size(), truth::kNoGold);
  for (const auto& one : sim.table.questions[0].gold) gold[one.task] = one.answer;
  auto posterior = truth::class_coin({labels, gold}, {}, {pool, kQuiet})->posterior;
  return {std::move(sim), std::move(labels), std::move(gold), std::move(posterior)};
}

MixInput input(const Pilot& one, std::span<const double> prices, double target) {
  return {.labels = one.labels,
          .gold = one.gold,
          .posterior = one.posterior,
          .supplier_of_annotator = one.sim.table.supplier_of_annotator,
          .supplier_count = 2,
          .price_per_label = prices,
          .target_accuracy = target};
}

TEST(Mix, options_rise_in_cost_and_accuracy_and_the_cheapest_is_the_first_to_reach_the_target) {
  ThreadPool pool;
  const Pilot one = pilot(0.3, pool);
  const std::vector<double> prices{0.05, 1.0};
  const auto report = cheapest_mix(input(one, prices, 0.9), {pool, kQuiet});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->basis, Basis::gold);
  for (std::size_t i = 1; i < report->options.size(); ++i) {
    EXPECT_GT(report->options[i].cost_per_task, report->options[i - 1].cost_per_task - 1e-12);
    EXPECT_GT(report->options[i].accuracy, report->options[i - 1].accuracy);
  }
  ASSERT_TRUE(report->cheapest);
  for (std::size_t i = 0; i < report->options.size(); ++i) {
    const MixOption& option = report->options[i];
    EXPECT_EQ(i < *report->cheapest, option.accuracy < 0.9);
    EXPECT_LE(option.interval.low, option.accuracy);
    EXPECT_GE(option.interval.high, option.accuracy);
    double cost = 0;
    for (const MixPart& part : option.parts) cost += part.labels_per_task * prices[part.supplier];
    EXPECT_NEAR(cost, option.cost_per_task, 1e-12);
  }
  if (report->cheapest_sure) {
    EXPECT_GE(*report->cheapest_sure, *report->cheapest);
  }
}

TEST(Mix, a_single_crowd_label_is_as_good_as_the_crowd) {
  ThreadPool pool;
  const Pilot one = pilot(0.5, pool);
  const std::vector<double> prices{0.05, 1.0};
  const auto report = cheapest_mix(input(one, prices, 0.9), {pool, kQuiet});
  ASSERT_TRUE(report);
  const MixOption& first = report->options.front();
  ASSERT_EQ(first.parts.size(), 1U);
  EXPECT_EQ(first.parts[0].supplier, 0U);
  EXPECT_EQ(first.parts[0].labels_per_task, 1);
  EXPECT_NEAR(first.accuracy, one.sim.suppliers[0].accuracy, 0.05);
}

TEST(Mix, experts_win_when_they_cost_little_and_crowds_when_experts_cost_much) {
  ThreadPool pool;
  const Pilot one = pilot(0.3, pool);
  const std::vector<double> cheap{0.05, 0.06};
  const auto with_cheap = cheapest_mix(input(one, cheap, 0.93), {pool, kQuiet});
  ASSERT_TRUE(with_cheap && with_cheap->cheapest);
  EXPECT_EQ(with_cheap->options[*with_cheap->cheapest].parts[0].supplier, 1U);
  const std::vector<double> dear{0.05, 50};
  const auto with_dear = cheapest_mix(input(one, dear, 0.85), {pool, kQuiet});
  ASSERT_TRUE(with_dear && with_dear->cheapest);
  EXPECT_EQ(with_dear->options[*with_dear->cheapest].parts.size(), 1U);
  EXPECT_EQ(with_dear->options[*with_dear->cheapest].parts[0].supplier, 0U);
}

TEST(Mix, sends_the_uncertain_tasks_to_the_expert_where_that_is_cheapest) {
  ThreadPool pool;
  const Pilot one = pilot(0.3, pool);
  const std::vector<double> prices{0.05, 1.0};
  const auto report = cheapest_mix(input(one, prices, 0.93), {pool, kQuiet});
  ASSERT_TRUE(report && report->cheapest);
  const MixOption& best = report->options[*report->cheapest];
  EXPECT_GT(best.escalated_share, 0);
  EXPECT_LT(best.cost_per_task, 1.0);
}

TEST(Mix, without_gold_says_that_it_stands_on_the_model_and_without_prices_says_nothing) {
  ThreadPool pool;
  const Pilot one = pilot(0, pool);
  const std::vector<double> prices{0.05, 1.0};
  const auto report = cheapest_mix(input(one, prices, 0.9), {pool, kQuiet});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->basis, Basis::model);
  EXPECT_FALSE(cheapest_mix(input(one, {}, 0.9), {pool, kQuiet}));
  const std::vector<double> one_price{kNotKnown, 1.0};
  const auto only = cheapest_mix(input(one, one_price, 0.9), {pool, kQuiet});
  ASSERT_TRUE(only);
  for (const MixOption& option : only->options)
    for (const MixPart& part : option.parts) EXPECT_EQ(part.supplier, 1U);
}

TEST(Mix, does_not_depend_on_the_number_of_threads) {
  ThreadPool one_thread(1);
  ThreadPool four(4);
  const Pilot one = pilot(0.1, one_thread);
  const std::vector<double> prices{0.05, 1.0};
  const auto a = cheapest_mix(input(one, prices, 0.9), {one_thread, kQuiet});
  const auto b = cheapest_mix(input(one, prices, 0.9), {four, kQuiet});
  ASSERT_EQ(a->options.size(), b->options.size());
  for (std::size_t i = 0; i < a->options.size(); ++i)
    EXPECT_EQ(a->options[i].accuracy, b->options[i].accuracy);
}

}  // namespace
}  // namespace mizan::supplier
