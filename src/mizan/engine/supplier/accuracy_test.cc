#include "mizan/engine/supplier/accuracy.h"

#include <cmath>

#include <gtest/gtest.h>

#include "mizan/engine/simulation/simulate_labels.h"
#include "mizan/engine/truth/methods/class_coin.h"
#include "mizan/engine/truth/methods/dawid_skene.h"
#include "support/shared_set.h"

namespace mizan::supplier {
namespace {

const Progress kQuiet;

truth::Table quick_consensus(const truth::Evidence& evidence, truth::Run run) {
  const auto a = truth::dawid_skene(evidence, {.max_steps = 3}, run);
  const auto b = truth::class_coin(evidence, {}, run);
  truth::Table mean = a->posterior;
  for (std::size_t i = 0; i < mean.values.size(); ++i)
    mean.values[i] = 0.5 * (a->posterior.values[i] + b->posterior.values[i]);
  return mean;
}

struct Case {
  simulation::Simulation sim;
  truth::LabelMatrix labels;
  std::vector<std::int32_t> gold;
  truth::Table posterior;
};

Case made(const simulation::SimulationOptions& options, ThreadPool& pool) {
  auto sim = *simulation::simulate_labels(options);
  auto labels = *truth::LabelMatrix::from_columns(pool, sim.table.task, sim.table.annotator,
                                                  sim.table.questions[0].label, sim.table.tasks.size(),
                                                  sim.table.annotators.size(), options.class_count);
  std::vector<std::int32_t> gold(sim.truth.size(), truth::kNoGold);
  for (const auto& one : sim.table.questions[0].gold) gold[one.task] = one.answer;
  truth::Table posterior = quick_consensus({labels, gold}, {pool, kQuiet});
  return {std::move(sim), std::move(labels), std::move(gold), std::move(posterior)};
}

AccuracyReport assessed(const Case& one, ThreadPool& pool, std::uint64_t seed = 1) {
  auto report = assess_accuracy({.labels = one.labels,
                                 .gold = one.gold,
                                 .posterior = one.posterior,
                                 .supplier_of_annotator = one.sim.table.supplier_of_annotator,
                                 .supplier_count = one.sim.table.suppliers.size(),
                                 .seed = seed},
                                {pool, kQuiet});
  EXPECT_TRUE(report);
  return *std::move(report);
}

simulation::SimulationOptions two_suppliers() {
  simulation::SimulationOptions options;
  options.task_count = 300;
  options.suppliers = {{.name = "a", .annotator_count = 15, .labels_per_task = 3, .skill_mean = 0.7},
                       {.name = "b", .annotator_count = 10, .labels_per_task = 2, .skill_mean = 0.85}};
  return options;
}

bool holds(const Interval& interval, double truth) {
  return interval.low - 1e-9 <= truth && truth <= interval.high + 1e-9;
}

struct Tally {
  double count = 0;
  double held = 0;
  double width = 0;
  void add(const Interval& interval, double truth) {
    count += 1;
    held += holds(interval, truth) ? 1 : 0;
    width += interval.high - interval.low;
  }
  [[nodiscard]] double share() const { return held / count; }
  [[nodiscard]] double mean_width() const { return width / count; }
};

struct Coverage {
  Tally annotators, suppliers, recorded, pairs;
};

// A short form of bench/coverage, which has the grid and the measured table.
Coverage coverage(simulation::SimulationOptions options) {
  ThreadPool pool;
  const int seeds = std::getenv("MIZAN_LONG_TESTS") != nullptr ? 60 : 16;
  std::vector<Coverage> each(static_cast<std::size_t>(seeds));
  pool.run(each.size(), [&](std::size_t i) {
    auto own = options;
    own.seed = 500 + i;
    const Case one = made(own, pool);
    const AccuracyReport report = assessed(one, pool, i);
    for (std::size_t a = 0; a < one.sim.annotators.size(); ++a)
      if (one.sim.annotators[a].label_count > 0)
        each[i].annotators.add(report.annotators[a].interval, one.sim.annotators[a].accuracy);
    for (std::size_t s = 0; s < one.sim.suppliers.size(); ++s) {
      const auto& truth = one.sim.suppliers[s];
      each[i].suppliers.add(report.suppliers[s].interval, truth.accuracy);
      each[i].recorded.add(report.suppliers[s].recorded_interval,
                           static_cast<double>(truth.correct_count) / static_cast<double>(truth.label_count));
    }
    each[i].pairs.add(report.pairs[0].interval,
                      one.sim.suppliers[0].accuracy - one.sim.suppliers[1].accuracy);
  });
  Coverage all;
  for (const Coverage& one : each) {
    for (const auto part :
         {&Coverage::annotators, &Coverage::suppliers, &Coverage::recorded, &Coverage::pairs}) {
      (all.*part).count += (one.*part).count;
      (all.*part).held += (one.*part).held;
      (all.*part).width += (one.*part).width;
    }
  }
  return all;
}

TEST(Accuracy, intervals_hold_the_truth_without_gold_and_are_not_idle) {
  const Coverage seen = coverage(two_suppliers());
  EXPECT_GE(seen.annotators.share(), 0.90);
  EXPECT_LE(seen.annotators.share(), 0.985);
  EXPECT_LE(seen.annotators.mean_width(), 0.3);
  EXPECT_GE(seen.suppliers.share(), 0.90);
  EXPECT_LE(seen.suppliers.mean_width(), 0.12);
  EXPECT_GE(seen.recorded.share(), 0.90);
  EXPECT_GE(seen.pairs.share(), 0.85);
  EXPECT_LE(seen.pairs.mean_width(), 0.14);
}

TEST(Accuracy, intervals_hold_the_truth_with_gold_though_many_fall_for_traps) {
  auto options = two_suppliers();
  options.trap_share = 0.12;
  options.difficulty_spread = 0.7;
  options.gold_share = 0.35;
  const Coverage seen = coverage(options);
  EXPECT_GE(seen.suppliers.share(), 0.87);
  EXPECT_LE(seen.suppliers.mean_width(), 0.16);
  EXPECT_GE(seen.pairs.share(), 0.85);
  EXPECT_LE(seen.pairs.mean_width(), 0.2);
}

TEST(Accuracy, judges_of_one_family_do_not_outvote_the_truth) {
  auto options = two_suppliers();
  options.suppliers[1] = {.name = "judges",
                          .kind = simulation::SupplierKind::model,
                          .annotator_count = 3,
                          .labels_per_task = 2,
                          .skill_mean = 0.82,
                          .skill_spread = 0.03,
                          .shared_error = 0.6};
  const Coverage seen = coverage(options);
  EXPECT_GE(seen.suppliers.share(), 0.88);
  EXPECT_LE(seen.suppliers.mean_width(), 0.25);
}

TEST(Accuracy, weather_pools_intervals_hold_the_label_accuracy_of_both_suppliers) {
  MIZAN_NEEDS_SET(set, "weather_pools");
  ThreadPool pool;
  const truth::Run run{pool, kQuiet};
  const auto posterior = quick_consensus({set.labels, {}}, run);
  const auto report = *assess_accuracy({.labels = set.labels,
                                        .posterior = posterior,
                                        .supplier_of_annotator = set.supplier_of,
                                        .supplier_count = 2},
                                       run);
  for (std::size_t s = 0; s < 2; ++s) {
    const double truth = set.suppliers[s] == "crowdflower" ? 0.766 : 0.705;
    EXPECT_TRUE(holds(report.suppliers[s].interval, truth))
        << set.suppliers[s] << " " << report.suppliers[s].interval.low << " "
        << report.suppliers[s].interval.high;
    EXPECT_LT(report.suppliers[s].interval.high - report.suppliers[s].interval.low, 0.2);
    EXPECT_EQ(report.suppliers[s].basis, Basis::model);
  }
}

TEST(Accuracy, does_not_depend_on_the_number_of_threads) {
  ThreadPool one_thread(1);
  ThreadPool four(4);
  auto options = two_suppliers();
  options.gold_share = 0.2;
  const Case one = made(options, one_thread);
  const AccuracyReport a = assessed(one, one_thread);
  const AccuracyReport b = assessed(one, four);
  for (std::size_t i = 0; i < a.annotators.size(); ++i)
    EXPECT_EQ(a.annotators[i].interval.low, b.annotators[i].interval.low);
  EXPECT_EQ(a.pairs[0].difference, b.pairs[0].difference);
}

TEST(Accuracy, gold_on_every_task_leaves_nothing_to_the_model) {
  ThreadPool pool;
  auto options = two_suppliers();
  options.gold_share = 1;
  const Case one = made(options, pool);
  const AccuracyReport report = assessed(one, pool);
  for (std::size_t s = 0; s < 2; ++s) {
    const auto& truth = one.sim.suppliers[s];
    const Accuracy& it = report.suppliers[s];
    EXPECT_EQ(it.basis, Basis::gold);
    EXPECT_EQ(it.gold_label_count, it.label_count);
    EXPECT_EQ(it.gold_correct_count, truth.correct_count);
    const double share = static_cast<double>(truth.correct_count) / static_cast<double>(truth.label_count);
    EXPECT_NEAR(it.value, share, 1e-9);
    EXPECT_NEAR(it.recorded_interval.high - it.recorded_interval.low, 0, 1e-6);
  }
  EXPECT_EQ(report.pairs[0].method, CompareMethod::ppi_plus_plus);
  EXPECT_EQ(report.pairs[0].conclusion, Conclusion::b_better);
  EXPECT_LT(report.pairs[0].probability_a_better, 0.001);
}

TEST(Accuracy, says_not_known_where_suppliers_share_no_task) {
  ThreadPool pool;
  const std::vector<truth::LabelRow> rows{{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {1, 1, 1},
                                          {2, 2, 0}, {2, 3, 0}, {3, 2, 1}, {3, 3, 1}};
  const auto labels = *truth::LabelMatrix::from_rows(rows, 5, 5, 2);
  const auto posterior = truth::vote_shares({labels, {}}, {pool, kQuiet});
  const std::vector<std::uint32_t> supplier{0, 0, 1, 1, 1};
  const auto report = *assess_accuracy(
      {.labels = labels, .posterior = posterior, .supplier_of_annotator = supplier, .supplier_count = 2},
      {pool, kQuiet});
  EXPECT_EQ(report.pairs[0].conclusion, Conclusion::not_known);
  EXPECT_EQ(report.pairs[0].task_count, 0U);
  EXPECT_TRUE(std::isnan(report.pairs[0].difference));
  EXPECT_TRUE(std::isnan(report.annotators[4].value)) << "an annotator without labels";
  EXPECT_GT(report.suppliers[0].interval.high - report.suppliers[0].interval.low, 0.3);
}

TEST(Accuracy, refuses_sizes_that_do_not_fit) {
  ThreadPool pool;
  const std::vector<truth::LabelRow> rows{{0, 0, 0}, {1, 0, 1}};
  const auto labels = *truth::LabelMatrix::from_rows(rows, 2, 1, 2);
  const truth::Table good(2, 2, 0.5);
  const truth::Table bad(3, 2, 0.5);
  const std::vector<std::int32_t> short_gold{0};
  const std::vector<std::int32_t> wrong_gold{0, 2};
  const std::vector<std::uint32_t> wrong_supplier{1};
  const truth::Run run{pool, kQuiet};
  EXPECT_FALSE(assess_accuracy({.labels = labels, .posterior = bad}, run));
  EXPECT_FALSE(assess_accuracy({.labels = labels, .gold = short_gold, .posterior = good}, run));
  EXPECT_FALSE(assess_accuracy({.labels = labels, .gold = wrong_gold, .posterior = good}, run));
  EXPECT_FALSE(
      assess_accuracy({.labels = labels, .posterior = good, .supplier_of_annotator = wrong_supplier}, run));
  EXPECT_TRUE(assess_accuracy({.labels = labels, .posterior = good}, run));
}

}  // namespace
}  // namespace mizan::supplier
