#include "mizan/engine/simulation/simulate_labels.h"

#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "mizan/engine/simulation/presets.h"

namespace mizan::simulation {
namespace {

Simulation made(const SimulationOptions& options) {
  auto result = simulate_labels(options);
  EXPECT_TRUE(result) << (result ? "" : to_string(result.error()));
  return *std::move(result);
}

SimulationOptions one_crowd(SupplierOptions supplier) {
  SimulationOptions options;
  options.task_count = 4000;
  supplier.name = "crowd";
  options.suppliers = {std::move(supplier)};
  return options;
}

double share_correct(const Simulation& sim, std::size_t supplier) {
  const SupplierTruth& it = sim.suppliers[supplier];
  return static_cast<double>(it.correct_count) / static_cast<double>(it.label_count);
}

TEST(SimulateLabels, gives_the_same_table_for_the_same_seed_and_another_for_another) {
  auto options = *preset("three_suppliers");
  const Simulation a = made(options);
  const Simulation b = made(options);
  EXPECT_EQ(a.table.task, b.table.task);
  EXPECT_EQ(a.table.questions[0].label, b.table.questions[0].label);
  EXPECT_EQ(a.table.seconds, b.table.seconds);
  EXPECT_EQ(a.truth, b.truth);
  options.seed = 2;
  EXPECT_NE(made(options).table.questions[0].label, a.table.questions[0].label);
}

TEST(SimulateLabels, every_preset_makes_a_table_whose_columns_fit) {
  for (const auto name : preset_names()) {
    const Simulation sim = made(*preset(name));
    const auto& table = sim.table;
    const std::size_t rows = table.row_count();
    EXPECT_EQ(table.annotator.size(), rows);
    EXPECT_EQ(table.questions[0].label.size(), rows);
    EXPECT_EQ(table.price_micros.size(), rows);
    EXPECT_EQ(table.seconds.size(), rows);
    EXPECT_EQ(table.time_us.size(), rows);
    EXPECT_EQ(table.tasks.size(), sim.truth.size());
    EXPECT_EQ(table.annotators.size(), sim.annotators.size());
    EXPECT_EQ(table.supplier_of_annotator.size(), sim.annotators.size());
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::size_t r = 0; r < rows; ++r) {
      EXPECT_TRUE(pairs.emplace(table.task[r], table.annotator[r]).second) << "a task twice to one annotator";
      if (r > 0) {
        EXPECT_LE(table.time_us[r - 1], table.time_us[r]);
      }
    }
  }
}

TEST(SimulateLabels, counts_what_the_truth_column_says) {
  const Simulation sim = made(*preset("three_suppliers"));
  std::vector<std::size_t> correct(sim.annotators.size());
  for (std::size_t r = 0; r < sim.table.row_count(); ++r)
    correct[sim.table.annotator[r]] +=
        sim.table.questions[0].label[r] == sim.truth[sim.table.task[r]] ? 1 : 0;
  for (std::size_t a = 0; a < correct.size(); ++a) EXPECT_EQ(correct[a], sim.annotators[a].correct_count);
}

TEST(SimulateLabels, labels_are_right_as_often_as_the_stated_accuracy) {
  auto options = one_crowd({.annotator_count = 20, .labels_per_task = 5, .class_spread = 0.5});
  options.difficulty_spread = 1;
  options.trap_share = 0.1;
  options.class_prior = {0.6, 0.3, 0.1};
  const Simulation sim = made(options);
  // 20,000 labels of 4,000 tasks: the standard error is under .005 even if labels of a task always agreed.
  EXPECT_NEAR(share_correct(sim, 0), sim.suppliers[0].accuracy, 0.015);
  for (const AnnotatorTruth& one : sim.annotators) {
    const auto n = static_cast<double>(one.label_count);
    const double se = std::sqrt(0.25 / n);
    EXPECT_NEAR(static_cast<double>(one.correct_count) / n, one.accuracy, 4.5 * se);
  }
}

TEST(SimulateLabels, spammers_and_copiers_are_as_many_as_asked_and_do_what_they_are_called) {
  const Simulation sim = made(one_crowd({.annotator_count = 40,
                                         .labels_per_task = 5,
                                         .random_share = 0.1,
                                         .constant_share = 0.1,
                                         .position_share = 0.05,
                                         .copier_share = 0.1}));
  std::map<Behaviour, int> count;
  int copiers = 0;
  for (const auto& one : sim.annotators) {
    ++count[one.behaviour];
    copiers += one.copies ? 1 : 0;
  }
  EXPECT_EQ(count[Behaviour::random], 4);
  EXPECT_EQ(count[Behaviour::constant], 4);
  EXPECT_EQ(count[Behaviour::position_bound], 2);
  EXPECT_EQ(copiers, 4);
  std::map<std::pair<std::uint32_t, std::uint32_t>, domain::ClassCode> label_of;
  std::vector<std::set<int>> used(sim.annotators.size());
  for (std::size_t r = 0; r < sim.table.row_count(); ++r) {
    label_of[{sim.table.task[r], sim.table.annotator[r]}] = sim.table.questions[0].label[r];
    used[sim.table.annotator[r]].insert(sim.table.questions[0].label[r]);
  }
  for (std::uint32_t a = 0; a < sim.annotators.size(); ++a) {
    if (sim.annotators[a].behaviour == Behaviour::constant) {
      EXPECT_EQ(used[a].size(), 1U);
    }
    if (!sim.annotators[a].copies) continue;
    int shared = 0;
    int equal = 0;
    for (std::uint32_t t = 0; t < sim.truth.size(); ++t) {
      const auto own = label_of.find({t, a});
      const auto source = label_of.find({t, *sim.annotators[a].copies});
      if (own == label_of.end() || source == label_of.end()) continue;
      ++shared;
      equal += own->second == source->second ? 1 : 0;
    }
    EXPECT_GT(shared, 30);
    EXPECT_GT(equal, 0.85 * shared);
  }
}

TEST(SimulateLabels, judges_of_one_family_agree_in_error_and_keep_their_accuracy) {
  const auto agreement_of_errors = [](double shared) {
    const Simulation sim = made(one_crowd({.annotator_count = 2,
                                           .labels_per_task = 2,
                                           .skill_mean = 0.8,
                                           .skill_spread = 0,
                                           .activity_spread = 0,
                                           .shared_error = shared}));
    std::vector<int> wrong(sim.truth.size());
    for (std::size_t r = 0; r < sim.table.row_count(); ++r)
      wrong[sim.table.task[r]] += sim.table.questions[0].label[r] != sim.truth[sim.table.task[r]] ? 1 : 0;
    double both = 0;
    for (const int w : wrong) both += w == 2 ? 1 : 0;
    EXPECT_NEAR(share_correct(sim, 0), 0.8, 0.02);
    return both / static_cast<double>(wrong.size());
  };
  EXPECT_NEAR(agreement_of_errors(0), 0.04, 0.012);
  EXPECT_NEAR(agreement_of_errors(1), 0.2, 0.025);
}

TEST(SimulateLabels, drift_lowers_accuracy_over_time) {
  const Simulation sim = made(one_crowd({.labels_per_task = 5, .drift = -2}));
  std::size_t early = 0;
  std::size_t late = 0;
  const std::size_t half = sim.table.row_count() / 2;
  for (std::size_t r = 0; r < 2 * half; ++r)
    (r < half ? early : late) += sim.table.questions[0].label[r] == sim.truth[sim.table.task[r]] ? 1 : 0;
  EXPECT_GT(static_cast<double>(early), 1.1 * static_cast<double>(late));
}

TEST(SimulateLabels, refuses_options_that_make_no_sense) {
  const auto refused = [](auto&& change) {
    auto options = *preset("clean_crowd");
    change(options);
    const auto result = simulate_labels(options);
    return !result && result.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([](auto& o) { o.task_count = 0; }));
  EXPECT_TRUE(refused([](auto& o) { o.class_count = 1; }));
  EXPECT_TRUE(refused([](auto& o) { o.class_prior = {0.5, 0.5}; }));
  EXPECT_TRUE(refused([](auto& o) { o.class_prior = {0.5, 0.5, 0.5}; }));
  EXPECT_TRUE(refused([](auto& o) { o.suppliers.clear(); }));
  EXPECT_TRUE(refused([](auto& o) { o.suppliers[0].labels_per_task = 31; }));
  EXPECT_TRUE(refused([](auto& o) { o.suppliers[0].random_share = 1.1; }));
  EXPECT_TRUE(refused([](auto& o) { o.suppliers[0].random_share = o.suppliers[0].copier_share = 0.6; }));
  EXPECT_FALSE(refused([](auto&) {}));
  EXPECT_FALSE(preset("no such"));
}

}  // namespace
}  // namespace mizan::simulation
