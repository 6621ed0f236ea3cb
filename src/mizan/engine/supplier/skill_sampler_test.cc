#include "mizan/engine/supplier/skill_sampler.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "mizan/engine/simulation/simulate_labels.h"

namespace mizan::supplier {
namespace {

struct World {
  simulation::Simulation sim;
  truth::LabelMatrix labels;
};

World made(simulation::SimulationOptions options, ThreadPool& pool) {
  auto sim = *simulation::simulate_labels(options);
  auto labels = *truth::LabelMatrix::from_columns(pool, sim.table.task, sim.table.annotator,
                                                  sim.table.questions[0].label, sim.table.tasks.size(),
                                                  sim.table.annotators.size(), options.class_count);
  return {std::move(sim), std::move(labels)};
}

simulation::SimulationOptions crowd() {
  simulation::SimulationOptions options;
  options.task_count = 600;
  options.suppliers = {{.name = "a", .annotator_count = 12, .labels_per_task = 4}};
  return options;
}

struct Measured {
  ExcessAgreement excess;
  double right = 0;       // mean posterior of the right answer
  double confidence = 0;  // mean of the highest posterior
  double accuracy = 0;    // of the most likely class
};

Measured measured(const World& world, std::span<const std::int32_t> gold = {}) {
  ThreadPool pool(1);
  const SampledLabels labels = sampled_labels(world.labels, world.sim.table.supplier_of_annotator,
                                              world.sim.table.suppliers.size(), pool);
  const Progress quiet;
  const auto start = truth::vote_shares({world.labels, gold}, {pool, quiet});
  SkillSampler chain(labels, start, gold, Rng(3));
  for (int i = 0; i < 100; ++i) chain.sweep();
  Measured out;
  constexpr int kDraws = 60;
  truth::Table one(labels.task_count(), labels.class_count);
  truth::Table mean(labels.task_count(), labels.class_count);
  for (int i = 0; i < kDraws; ++i) {
    chain.sweep();
    const ExcessAgreement now = chain.excess_agreement();
    out.excess.correlation += now.correlation / kDraws;
    out.excess.standard_error += now.standard_error / kDraws;
    out.excess.within_supplier.resize(now.within_supplier.size());
    for (std::size_t s = 0; s < now.within_supplier.size(); ++s)
      out.excess.within_supplier[s] += now.within_supplier[s] / kDraws;
    chain.fill_posterior(0, one);
    for (std::size_t v = 0; v < one.values.size(); ++v) mean.values[v] += one.values[v] / kDraws;
  }
  for (std::size_t t = 0; t < mean.rows; ++t) {
    const auto row = mean.row(t);
    const auto best = truth::best_class(row);
    const auto tasks = static_cast<double>(mean.rows);
    EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), 1, 1e-9);
    out.right += row[world.sim.truth[t]] / tasks;
    out.confidence += row[best] / tasks;
    out.accuracy += (best == world.sim.truth[t] ? 1 : 0) / tasks;
  }
  return out;
}

TEST(SkillSampler, is_as_sure_as_it_is_right_when_its_model_holds) {
  ThreadPool pool(1);
  auto options = crowd();
  double gap = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    options.seed = seed;
    const Measured one = measured(made(options, pool));
    EXPECT_NEAR(one.confidence, one.accuracy, 0.06) << seed;
    gap += (one.confidence - one.accuracy) / 6;
  }
  EXPECT_NEAR(gap, 0, 0.015);
}

TEST(SkillSampler, sees_no_excess_agreement_where_errors_are_independent_and_some_where_tasks_differ) {
  ThreadPool pool(1);
  auto options = crowd();
  options.suppliers[0].labels_per_task = 8;
  const Measured plain = measured(made(options, pool));
  EXPECT_LT(std::abs(plain.excess.correlation), 3 * plain.excess.standard_error);
  options.difficulty_spread = 1.5;
  const Measured uneven = measured(made(options, pool));
  EXPECT_GT(uneven.excess.correlation, 5 * uneven.excess.standard_error);
}

TEST(SkillSampler, sees_that_judges_of_one_family_err_together) {
  ThreadPool pool(1);
  auto options = crowd();
  options.suppliers[0].labels_per_task = 6;
  options.suppliers.push_back({.name = "judges",
                               .kind = simulation::SupplierKind::model,
                               .annotator_count = 2,
                               .labels_per_task = 2,
                               .shared_error = 0.8});
  const Measured one = measured(made(options, pool));
  ASSERT_EQ(one.excess.within_supplier.size(), 2U);
  EXPECT_GT(one.excess.within_supplier[1], 0.4);
  EXPECT_LT(one.excess.within_supplier[0], 0.05);
}

// With every task but one gold, one annotator and two classes the posterior of the last task is that of
// counts: what matters is that gold is used, and the task's own label with it.
TEST(SkillSampler, learns_from_gold_that_an_annotator_answers_upside_down) {
  std::vector<truth::LabelRow> rows;
  std::vector<std::int32_t> gold;
  for (std::uint32_t t = 0; t < 200; ++t) {
    rows.push_back({t, 0, t % 2});
    gold.push_back(static_cast<std::int32_t>(1 - t % 2));
  }
  rows.push_back({200, 0, 0});
  gold.push_back(truth::kNoGold);
  const auto matrix = *truth::LabelMatrix::from_rows(rows, 201, 1, 2);
  ThreadPool pool(1);
  const SampledLabels labels = sampled_labels(matrix, {}, 1, pool);
  const truth::Table start(201, 2, 0.5);
  SkillSampler chain(labels, start, gold, Rng(1));
  double mean = 0;
  for (int i = 0; i < 200; ++i) {
    chain.sweep();
    std::vector<double> row(2);
    chain.fill_task_posterior(200, 0, row);
    mean += row[1] / 200;
  }
  EXPECT_GT(mean, 0.95);
}

TEST(SkillSampler, learns_the_same_from_a_large_part_of_the_labels) {
  ThreadPool pool(1);
  auto options = crowd();
  options.task_count = 4000;
  const World world = made(options, pool);
  SampledLabels labels = sampled_labels(world.labels, {}, 1, pool);
  study_a_part(labels, labels.codes.size() / 2, Rng(5));
  EXPECT_NEAR(static_cast<double>(labels.studied.size()), 2000, 150);
  const Progress quiet;
  SkillSampler chain(labels, truth::vote_shares({world.labels, {}}, {pool, quiet}), {}, Rng(1));
  for (int i = 0; i < 20; ++i) chain.sweep();
  truth::Table posterior(labels.task_count(), labels.class_count);
  chain.fill_posterior(0, posterior);
  double confidence = 0;
  double right = 0;
  for (std::size_t t = 0; t < posterior.rows; ++t) {
    const auto best = truth::best_class(posterior.row(t));
    confidence += posterior.row(t)[best] / static_cast<double>(posterior.rows);
    right += (best == world.sim.truth[t] ? 1 : 0) / static_cast<double>(posterior.rows);
  }
  EXPECT_NEAR(confidence, right, 0.02) << "of all tasks, studied or not";
}

TEST(SkillSampler, labels_that_err_together_count_as_fewer) {
  std::vector<truth::LabelRow> rows;
  for (std::uint32_t t = 0; t < 50; ++t)
    for (std::uint32_t a = 0; a < 5; ++a) rows.push_back({t, a, t % 2});
  const auto matrix = *truth::LabelMatrix::from_rows(rows, 50, 5, 2);
  ThreadPool pool(1);
  const SampledLabels labels = sampled_labels(matrix, {}, 1, pool);
  const Progress quiet;
  SkillSampler chain(labels, truth::vote_shares({matrix, {}}, {pool, quiet}), {}, Rng(1));
  for (int i = 0; i < 20; ++i) chain.sweep();
  std::vector<double> free(2);
  std::vector<double> bound(2);
  chain.fill_task_posterior(0, 0, free);
  chain.fill_task_posterior(0, 1, bound);
  EXPECT_GT(free[0], bound[0]);
  const std::vector<double> all{1.0};
  chain.set_supplier_correlation(all);
  std::vector<double> same(2);
  chain.fill_task_posterior(0, 0, same);
  EXPECT_NEAR(same[0], bound[0], 1e-6) << "five labels that are one";
}

}  // namespace
}  // namespace mizan::supplier
