#include "mizan/engine/truth/online/online_model.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/ibcc.h"
#include "mizan/engine/truth/online/task_posterior.h"
#include "support/label_cases.h"
#include "support/shared_set.h"

namespace mizan::truth {
namespace {

const Progress kProgress;

struct World {
  std::vector<LabelRow> rows;  // one label per task and annotator
  std::size_t tasks;
  std::size_t annotators;
  std::size_t classes;
  std::vector<std::uint32_t> supplier_of{};
  std::size_t suppliers = 0;
  std::vector<std::int32_t> gold{};
};

OnlineModel model_of(const World& world, const OnlineOptions& options = {}) {
  OnlineModel model(world.classes, options);
  for (std::size_t s = 0; s < world.suppliers; ++s) model.add_supplier();
  for (std::size_t w = 0; w < world.annotators; ++w)
    model.add_annotator(world.supplier_of.empty() ? kNoSupplier : world.supplier_of[w]);
  for (std::size_t t = 0; t < world.tasks; ++t) model.add_task();
  for (std::size_t t = 0; t < world.gold.size(); ++t)
    EXPECT_TRUE(model.set_gold(static_cast<TaskIndex>(t), world.gold[t]));
  for (const LabelRow& row : world.rows) EXPECT_TRUE(model.add_label(row));
  return model;
}

IbccModel batch_of(const World& world, double tolerance, int max_steps = 500) {
  ThreadPool pool(2);
  const auto labels = test::matrix_of(world.rows, world.tasks, world.annotators, world.classes);
  auto model = fit_ibcc({labels, world.gold},
                        {.max_steps = max_steps,
                         .tolerance = tolerance,
                         .supplier_of_annotator = world.supplier_of,
                         .supplier_count = world.suppliers},
                        {pool, kProgress});
  EXPECT_TRUE(model);
  return *std::move(model);
}

Settled settle(OnlineModel& model, const SettleOptions& options, std::size_t threads = 2) {
  ThreadPool pool(threads);
  auto settled = model.sweep_until_settled(options, {pool, kProgress});
  EXPECT_TRUE(settled);
  return *settled;
}

double largest_distance(const OnlineModel& model, const Table& posterior) {
  double largest = 0;
  for (std::size_t t = 0; t < model.task_count(); ++t) {
    const auto row = model.posterior(static_cast<TaskIndex>(t));
    for (std::size_t k = 0; k < row.size(); ++k)
      largest = std::max(largest, std::abs(row[k] - posterior.row(t)[k]));
  }
  return largest;
}

World simulated(const test::SimulatedCrowd& crowd, std::size_t gold_every = 0, std::size_t suppliers = 0) {
  const auto made = test::simulate(crowd);
  World world{made.rows, crowd.tasks, crowd.annotators, crowd.classes};
  world.suppliers = suppliers;
  for (std::size_t w = 0; w < crowd.annotators && suppliers > 0; ++w)
    world.supplier_of.push_back(static_cast<std::uint32_t>(w % suppliers));
  if (gold_every == 0) return world;
  world.gold.assign(crowd.tasks, kNoGold);
  for (std::size_t t = 0; t < crowd.tasks; t += gold_every) world.gold[t] = made.truth[t];
  return world;
}

constexpr SettleOptions kTight{.tolerance = 1e-9};

TEST(OnlineModel, settled_equals_the_batch_fit_on_simulated_labels) {
  const std::vector<World> worlds{
      simulated({.tasks = 400, .annotators = 30, .labels_per_task = 3}),
      simulated({.tasks = 400, .annotators = 30, .labels_per_task = 1}),
      simulated({.tasks = 300, .annotators = 12, .classes = 2, .labels_per_task = 5}, 7, 3),
      simulated({.tasks = 500, .annotators = 40, .classes = 6, .labels_per_task = 4, .seed = 4}, 0, 2)};
  for (std::size_t w = 0; w < worlds.size(); ++w) {
    OnlineModel model = model_of(worlds[w]);
    settle(model, kTight);
    const IbccModel batch = batch_of(worlds[w], 1e-9);
    EXPECT_LT(largest_distance(model, batch.belief.posterior), 1e-6) << "world " << w;
    const OnlineSkills skills = model.skills();
    for (std::size_t i = 0; i < skills.pseudo_count.size(); ++i)
      ASSERT_NEAR(skills.pseudo_count[i], batch.pseudo_count[i], 1e-5 * (1 + batch.pseudo_count[i]));
    for (std::size_t k = 0; k < worlds[w].classes; ++k)
      ASSERT_NEAR(skills.class_pseudo_count[k], batch.class_pseudo_count[k], 1e-3);
  }
}

World world_of(const test::SharedSet& set, std::size_t gold_every) {
  World world{{},
              set.labels.task_count(),
              set.labels.annotator_count(),
              set.labels.class_count(),
              set.supplier_of,
              set.suppliers.size()};
  for (TaskIndex t = 0; t < world.tasks; ++t)
    set.labels.visit_task(t, [&](AnnotatorIndex w, ClassIndex label) {
      world.rows.push_back({t, w, label});
    });
  if (gold_every == 0) return world;
  world.gold.assign(world.tasks, kNoGold);
  for (std::size_t t = 0; t < world.tasks; t += gold_every) world.gold[t] = set.truth[t];
  return world;
}

class OnlineModelOnRealSets : public testing::TestWithParam<std::string> {};

TEST_P(OnlineModelOnRealSets, settled_equals_the_batch_fit) {
  MIZAN_NEEDS_SET(set, GetParam());
  const World world = world_of(set, set.name.size() % 2 == 0 ? 10 : 0);  // half of the sets with some gold
  OnlineModel model = model_of(world);
  settle(model, {.tolerance = 1e-8, .max_sweeps = 80});
  EXPECT_LT(largest_distance(model, batch_of(world, 1e-8, 80).belief.posterior), 1e-6);
  EXPECT_TRUE(model.rebuild());
}

INSTANTIATE_TEST_SUITE_P(Sets, OnlineModelOnRealSets, testing::ValuesIn(test::kSetsWithTruth),
                         [](const auto& name) { return name.param; });

TEST(OnlineModel, sweeping_from_here_ends_in_a_fixed_point_of_the_batch_step) {
  const World world = simulated({.tasks = 400, .annotators = 30, .labels_per_task = 3}, 9, 2);
  OnlineModel model = model_of(world);
  settle(model, {.start = SweepStart::here, .tolerance = 1e-9, .max_sweeps = 2000});
  ThreadPool pool(1);
  const auto change = model.sweep({pool, kProgress});
  ASSERT_TRUE(change);
  EXPECT_LT(*change, 1e-6);
}

TEST(OnlineModel, the_order_of_arrival_does_not_matter_once_settled) {
  World world = simulated({.tasks = 200, .annotators = 20, .labels_per_task = 4}, 11, 2);
  OnlineModel model = model_of(world);
  settle(model, kTight);
  Table first(world.tasks, world.classes);
  for (TaskIndex t = 0; t < world.tasks; ++t) {
    const auto row = model.posterior(t);
    std::copy(row.begin(), row.end(), first.row(t).begin());
  }
  Rng rng(5);
  for (int order = 0; order < 3; ++order) {
    rng.shuffle(world.rows);
    OnlineModel other = model_of(world);
    settle(other, kTight);
    EXPECT_LT(largest_distance(other, first), 1e-8);
  }
}

// The counts in full, as they would be compared by eye: every annotator's and the classes'.
std::vector<double> counts_of(const OnlineModel& model) {
  OnlineSkills skills = model.skills();
  skills.pseudo_count.insert(skills.pseudo_count.end(), skills.class_pseudo_count.begin(),
                             skills.class_pseudo_count.end());
  return skills.pseudo_count;
}

TEST(OnlineModel, taking_a_label_back_restores_every_count_bit_for_bit) {
  const World world = simulated({.tasks = 150, .annotators = 20, .labels_per_task = 3}, 10, 2);
  OnlineModel model = model_of(world);
  settle(model, {.tolerance = 1e-6});
  Rng rng(9);
  std::size_t tried = 0;
  while (tried < 200) {
    const auto task = static_cast<TaskIndex>(rng.below(world.tasks));
    const auto annotator = static_cast<AnnotatorIndex>(rng.below(world.annotators));
    bool has_label = false;
    model.visit_task(task, [&](AnnotatorIndex w, ClassIndex) { has_label = has_label || w == annotator; });
    if (has_label) continue;
    model.refresh(task);
    const auto before = counts_of(model);
    const auto belief = model.posterior(task);
    ASSERT_TRUE(model.add_label({task, annotator, static_cast<ClassIndex>(rng.below(3))}));
    ASSERT_TRUE(model.add_label({task, annotator, static_cast<ClassIndex>(rng.below(3))}));  // revised
    ASSERT_TRUE(model.remove_label(task, annotator));
    ASSERT_EQ(counts_of(model), before);
    ASSERT_EQ(model.posterior(task), belief);
    ++tried;
  }
}

TEST(OnlineModel, setting_and_forgetting_gold_restores_every_count_bit_for_bit) {
  OnlineModel model = model_of(simulated({.tasks = 100, .annotators = 12, .labels_per_task = 3}));
  settle(model, {.tolerance = 1e-6});
  for (TaskIndex task = 0; task < 100; ++task) {
    model.refresh(task);
    const auto before = counts_of(model);
    ASSERT_TRUE(model.set_gold(task, static_cast<std::int32_t>(task % 3)));
    EXPECT_EQ(model.posterior(task)[task % 3], 1.0);
    ASSERT_TRUE(model.set_gold(task, kNoGold));
    ASSERT_EQ(counts_of(model), before);
  }
}

TEST(OnlineModel, the_counts_are_exactly_the_sum_of_the_posteriors_after_any_changes) {
  Rng rng(2);
  OnlineModel model(2);
  model.add_supplier();
  std::map<std::pair<TaskIndex, AnnotatorIndex>, ClassIndex> labels;
  for (int change = 0; change < 5'000; ++change) {
    if (change % 50 == 0) model.add_annotator(change % 100 == 0 ? 0 : kNoSupplier);
    if (change % 20 == 0) model.add_task();
    if (change == 1'000 || change == 3'000) model.add_classes(1);
    const auto task = static_cast<TaskIndex>(rng.below(model.task_count()));
    const auto annotator = static_cast<AnnotatorIndex>(rng.below(model.annotator_count()));
    const double dice = rng.uniform();
    if (dice < 0.7) {
      const auto label = static_cast<ClassIndex>(rng.below(model.class_count()));
      ASSERT_TRUE(model.add_label({task, annotator, label}));
      labels[{task, annotator}] = label;
    } else if (dice < 0.9) {
      const bool had = labels.erase({task, annotator}) > 0;
      EXPECT_EQ(model.remove_label(task, annotator).has_value(), had);
    } else {
      const auto answer = static_cast<std::int32_t>(rng.below(model.class_count() + 1)) - 1;
      ASSERT_TRUE(model.set_gold(task, answer));
    }
    if (change % 1'500 == 0) settle(model, {.start = SweepStart::here});
  }
  EXPECT_EQ(model.label_count(), labels.size());
  EXPECT_TRUE(model.rebuild());
  // n minus prior sums to the number of labels of each annotator
  const OnlineSkills skills = model.skills();
  const std::size_t cells = model.class_count() * model.class_count();
  for (std::size_t w = 0; w < model.annotator_count(); ++w) {
    const ConfusionPrior& prior = skills.hierarchy.of(w % 2 == 0 ? 0 : kNoSupplier);
    double sum = 0;
    for (std::size_t i = 0; i < cells; ++i) sum += skills.pseudo_count[w * cells + i];
    for (std::size_t k = 0; k < model.class_count(); ++k) sum -= prior.row_sum(k);
    EXPECT_NEAR(sum, skills.label_count[w], 1e-6) << w;
  }
}

TEST(OnlineModel, without_their_labels_annotators_are_as_new) {
  World world = simulated({.tasks = 60, .annotators = 8, .labels_per_task = 4});
  OnlineModel model = model_of(world);
  for (const LabelRow& row : world.rows) ASSERT_TRUE(model.remove_label(row.task, row.annotator));
  EXPECT_EQ(counts_of(model), counts_of(model_of({{}, world.tasks, world.annotators, world.classes})));
}

TEST(OnlineModel, classes_added_late_settle_as_if_they_had_always_been_there) {
  const World world = simulated({.tasks = 300, .annotators = 20, .classes = 4, .labels_per_task = 4}, 0, 2);
  World early = world;
  early.classes = 2;
  std::erase_if(early.rows, [](const LabelRow& row) { return row.label >= 2; });
  OnlineModel grown = model_of(early);
  settle(grown, {.tolerance = 1e-3});
  grown.add_classes(2);
  for (const LabelRow& row : world.rows)
    if (row.label >= 2) {
      ASSERT_TRUE(grown.add_label(row));
    }
  settle(grown, kTight);
  EXPECT_LT(largest_distance(grown, batch_of(world, 1e-9).belief.posterior), 1e-6);
}

TEST(OnlineModel, threads_do_not_matter) {
  const World world = simulated({.tasks = 6'000, .annotators = 40, .labels_per_task = 5}, 0, 2);
  OnlineModel one = model_of(world);
  OnlineModel four = model_of(world);
  settle(one, {.tolerance = 1e-4}, 1);
  settle(four, {.tolerance = 1e-4}, 4);
  EXPECT_EQ(counts_of(one), counts_of(four));
}

std::vector<Skill> skills_of(const OnlineSkills& skills) {
  const std::size_t cells = skills.class_count * skills.class_count;
  std::vector<Skill> known;
  for (std::size_t begin = 0; begin < skills.pseudo_count.size(); begin += cells) {
    const auto row = std::span(skills.pseudo_count).subspan(begin, cells);
    known.push_back(skill_of({row.begin(), row.end()}, skills.class_count));
  }
  return known;
}

TEST(OnlineModel, one_task_by_itself_is_the_e_step_of_the_model) {
  const World world = simulated({.tasks = 300, .annotators = 15, .labels_per_task = 4}, 0, 3);
  OnlineModel model = model_of(world);
  settle(model, {.tolerance = 1e-4});
  const OnlineSkills skills = model.skills();
  const std::vector<Skill> known = skills_of(skills);
  std::vector<std::vector<double>> alone;
  for (TaskIndex t = 0; t < world.tasks; ++t) {
    std::vector<WeighedLabel> labels;
    model.visit_task(t, [&](AnnotatorIndex w, ClassIndex label) { labels.push_back({label, &known[w]}); });
    alone.push_back(task_posterior(skills.class_pseudo_count, labels, world.classes));
  }
  ThreadPool pool(1);
  ASSERT_TRUE(model.sweep({pool, kProgress}));  // the E step of the same skills
  for (TaskIndex t = 0; t < world.tasks; ++t)
    for (std::size_t k = 0; k < world.classes; ++k)
      ASSERT_NEAR(alone[t][k], model.posterior(t)[k], 1e-9) << t;
}

TEST(OnlineModel, held_out_beliefs_forget_the_gold_and_the_labels_of_the_task) {
  const World world = simulated({.tasks = 80, .annotators = 10, .labels_per_task = 4}, 4);
  OnlineModel model = model_of(world);
  settle(model, {.tolerance = 1e-6});
  World without = world;
  without.gold[4] = kNoGold;
  std::vector<LabelRow> of_task;
  for (const LabelRow& row : world.rows)
    if (row.task == 4) of_task.push_back(row);
  const auto held_out = model.held_out_posterior(4);
  // the skills of everybody without the task, and then its labels
  for (const LabelRow& row : of_task) ASSERT_TRUE(model.remove_label(row.task, row.annotator));
  ASSERT_TRUE(model.set_gold(4, kNoGold));
  const OnlineSkills skills = model.skills();
  const std::vector<Skill> known = skills_of(skills);
  std::vector<WeighedLabel> labels;
  for (const LabelRow& row : of_task) labels.push_back({row.label, &known[row.annotator]});
  const auto expected = task_posterior(skills.class_pseudo_count, labels, 3);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(held_out[k], expected[k], 1e-9);
}

TEST(OnlineModel, refuses_what_it_has_not_heard_of) {
  OnlineModel model(2);
  model.add_annotator();
  model.add_task();
  EXPECT_EQ(model.add_label({1, 0, 0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(model.add_label({0, 1, 0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(model.add_label({0, 0, 2}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(model.remove_label(0, 0).error().code, ErrorCode::not_found);
  EXPECT_EQ(model.set_gold(0, 2).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
