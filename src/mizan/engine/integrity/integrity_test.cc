// Planted cheats are found, honest annotators are left alone, and the rates of both are measured by
// simulation.
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"
#include "mizan/engine/integrity/copied_work.h"
#include "mizan/engine/integrity/label_errors.h"
#include "mizan/engine/integrity/low_effort.h"
#include "mizan/engine/integrity/multiple_testing.h"
#include "mizan/engine/integrity/speed.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::integrity {
namespace {

using Answer = std::uint16_t (*)(Rng&, std::uint32_t truth, std::size_t turn);

std::uint16_t honest(Rng& rng, std::uint32_t truth, std::size_t) {
  if (rng.uniform() < .75) return static_cast<std::uint16_t>(truth);
  return static_cast<std::uint16_t>((truth + 1 + rng.below(3)) % 4);
}
std::uint16_t at_random(Rng& rng, std::uint32_t, std::size_t) {
  return static_cast<std::uint16_t>(rng.below(4));
}
std::uint16_t always_two(Rng&, std::uint32_t, std::size_t) {
  return 2;
}
std::uint16_t in_turn(Rng&, std::uint32_t, std::size_t turn) {
  return static_cast<std::uint16_t>(turn % 4);
}
std::uint16_t contrary(Rng& rng, std::uint32_t truth, std::size_t) {
  return static_cast<std::uint16_t>((truth + 1 + rng.below(3)) % 4);
}

// 400 tasks of 4 classes, 30 annotators who label 100 each; the first few may be something else than honest.
struct World {
  explicit World(std::uint64_t seed, std::vector<Answer> odd = {}) : rng(seed) {
    for (std::size_t t = 0; t < kTasks; ++t) {
      truth.push_back(static_cast<std::uint32_t>(rng.below(4)));
      table.tasks.intern(std::to_string(t));
    }
    table.questions.resize(1);
    for (const char* name : {"a", "b", "c", "d"}) table.questions[0].classes.intern(name);
    for (std::uint32_t w = 0; w < kAnnotators; ++w) {
      table.annotators.intern(std::to_string(w));
      std::vector<std::uint32_t> tasks(kTasks);
      for (std::uint32_t t = 0; t < kTasks; ++t) tasks[t] = t;
      rng.shuffle(tasks);
      const Answer answer = w < odd.size() ? odd[w] : honest;
      for (std::size_t turn = 0; turn < 100; ++turn)
        add(w, tasks[turn], answer(rng, truth[tasks[turn]], turn));
    }
  }
  void add(std::uint32_t annotator, std::uint32_t task, std::uint16_t label) {
    table.task.push_back(task);
    table.annotator.push_back(annotator);
    table.questions[0].label.push_back(label);
  }
  [[nodiscard]] truth::LabelMatrix labels() {
    return *truth::LabelMatrix::from_columns(pool, table.task, table.annotator, table.questions[0].label,
                                             kTasks, kAnnotators, 4);
  }
  [[nodiscard]] AnswerLog log() const { return answer_log(table, table.questions[0]); }
  truth::Run run() { return {pool, progress}; }

  static constexpr std::size_t kTasks = 400;
  static constexpr std::uint32_t kAnnotators = 30;
  Rng rng;
  std::vector<std::uint32_t> truth;
  domain::LabelTable table;
  ThreadPool pool{2};
  Progress progress;
};

std::multiset<std::string> flags_of(const LowEffort& found, std::uint32_t annotator) {
  std::multiset<std::string> names;
  for (const Flag& flag : found.flags)
    if (flag.annotator == annotator) names.insert(std::string(suspicion_name(flag.suspicion)));
  return names;
}

LowEffort look(World& world) {
  const auto labels = world.labels();
  return low_effort(labels, truth::vote_shares({labels}, world.run()), world.log(), {}, world.run());
}

TEST(LowEffort, each_kind_of_cheat_is_named) {
  World world(1, {at_random, always_two, in_turn, contrary});
  const LowEffort found = look(world);
  EXPECT_EQ(flags_of(found, 0).count("random_answers"), 1U);
  EXPECT_EQ(flags_of(found, 1).count("constant_answers"), 1U);
  EXPECT_EQ(flags_of(found, 2).count("position_bound"), 1U);
  EXPECT_EQ(flags_of(found, 3).count("worse_than_chance"), 1U);
  for (const Flag& flag : found.flags) EXPECT_LT(flag.annotator, 4U) << suspicion_name(flag.suspicion);
}

TEST(LowEffort, honest_annotators_are_flagged_less_than_one_in_a_hundred_times) {
  std::size_t flags = 0;
  constexpr std::size_t kWorlds = 40;
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    World world(seed);
    flags += look(world).flags.size();
  }
  EXPECT_LE(flags, kWorlds * World::kAnnotators / 100);
}

TEST(LowEffort, random_annotators_are_found_two_times_of_three_with_a_hundred_labels) {
  std::size_t found = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    World world(seed, {at_random, at_random, at_random});
    const LowEffort result = look(world);
    for (std::uint32_t w = 0; w < 3; ++w) found += !flags_of(result, w).empty();
  }
  EXPECT_GE(found, 40U);
}

TEST(Speed, hasty_and_wrong_is_flagged_and_hasty_and_right_is_not) {
  World world(5, {at_random});
  for (std::size_t row = 0; row < world.table.row_count(); ++row) {
    const std::uint32_t annotator = world.table.annotator[row];
    const double usual = 20 * std::exp(0.3 * world.rng.normal());
    world.table.seconds.push_back(static_cast<float>(annotator <= 1 ? usual / 10 : usual));
  }
  const LowEffort found = look(world);
  EXPECT_EQ(flags_of(found, 0).count("too_fast"), 1U);
  EXPECT_EQ(flags_of(found, 1).count("too_fast"), 0U);
  const auto medians = median_seconds(world.log());
  EXPECT_LT(medians[1], 4);
  EXPECT_GT(medians[2], 10);
}

TEST(CopiedWork, planted_copies_are_found_and_honest_pairs_are_not) {
  std::size_t found = 0;
  std::size_t false_flags = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    World world(seed);
    for (std::uint32_t copier = 1; copier <= 3; ++copier)  // 1..3 redo the work of 0 with a few changes
      for (std::size_t row = 0; row < 100; ++row) {
        const std::size_t own = copier * 100 + row;
        world.table.task[own] = world.table.task[row];
        world.table.questions[0].label[own] = world.rng.uniform() < .9
                                                  ? world.table.questions[0].label[row]
                                                  : static_cast<std::uint16_t>(world.rng.below(4));
      }
    const auto labels = world.labels();
    const auto shares = truth::vote_shares({labels}, world.run());
    for (const CopiedPair& pair : copied_work(labels, shares, {}, world.run()).pairs)
      (pair.second <= 3 ? found : false_flags) += 1;
  }
  EXPECT_GE(found, 50U);  // 6 pairs a world
  EXPECT_LE(false_flags, 2U);
}

TEST(CopiedWork, thousands_of_honest_pairs_raise_no_alarm) {
  std::size_t flags = 0;
  std::size_t pairs = 0;
  for (std::uint64_t seed = 100; seed < 110; ++seed) {
    World world(seed);
    const auto labels = world.labels();
    const CopiedWork result = copied_work(labels, truth::vote_shares({labels}, world.run()), {}, world.run());
    flags += result.pairs.size();
    pairs += result.compared_pair_count;
  }
  EXPECT_GT(pairs, 3000U);
  EXPECT_LE(flags, 2U);
}

TEST(CopiedWork, is_not_run_and_says_so_where_confusions_would_be_too_large) {
  World world(1);
  const auto labels = world.labels();
  const CopiedWork result = copied_work(labels, truth::vote_shares({labels}, world.run()),
                                        {.most_confusion_cells = 10}, world.run());
  EXPECT_FALSE(result.was_run);
}

TEST(LikelyErrors, are_ranked_by_certainty_and_counted_beyond_the_top) {
  const std::vector<truth::LabelRow> rows{{0, 0, 1}, {0, 1, 0}, {1, 0, 0}, {1, 1, 0}, {2, 0, 1}};
  const auto labels = truth::LabelMatrix::from_rows(rows, 3, 2, 2);
  truth::Table posterior(3, 2);
  posterior.values = {.95, .05, .02, .98, .7, .3};
  const LikelyErrors errors = likely_errors(*labels, posterior, {.threshold = .9, .top_count = 2});
  EXPECT_EQ(errors.count, 3U);
  ASSERT_EQ(errors.top.size(), 2U);
  EXPECT_EQ(errors.top[0].task, 1U);
  EXPECT_EQ(errors.top[0].annotator, 0U);
  EXPECT_NEAR(errors.top[0].probability_wrong, .98, 1e-12);
  EXPECT_NEAR(errors.expected_wrong_labels, .95 + .05 + .98 + .98 + .7, 1e-12);
}

TEST(MultipleTesting, benjamini_hochberg_by_hand) {
  const auto q = benjamini_hochberg({.01, .04, .03, .5});
  EXPECT_NEAR(q[0], .04, 1e-12);
  EXPECT_NEAR(q[1], .04 * 4 / 3, 1e-12);
  EXPECT_NEAR(q[2], .04 * 4 / 3, 1e-12);
  EXPECT_NEAR(q[3], .5, 1e-12);
  EXPECT_TRUE(benjamini_hochberg({}).empty());
  EXPECT_NEAR(normal_upper_tail(1.959964), .025, 1e-6);
}

TEST(AnswerLog, is_in_order_of_time_where_all_times_are_known) {
  domain::LabelTable table;
  for (const char* name : {"t0", "t1"}) table.tasks.intern(name);
  table.annotators.intern("w");
  table.questions.resize(1);
  table.task = {0, 1};
  table.annotator = {0, 0};
  table.questions[0].label = {1, 0};
  EXPECT_EQ(answer_log(table, table.questions[0]).task, (std::vector<std::uint32_t>{0, 1}));
  table.time_us = {20, 10};
  EXPECT_EQ(answer_log(table, table.questions[0]).task, (std::vector<std::uint32_t>{1, 0}));
  table.time_us = {20, std::numeric_limits<std::int64_t>::min()};
  EXPECT_EQ(answer_log(table, table.questions[0]).task, (std::vector<std::uint32_t>{0, 1}));
}

}  // namespace
}  // namespace mizan::integrity
