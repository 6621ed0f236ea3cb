#include "mizan/engine/routing/labels_to_go.h"

#include <map>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::routing {
namespace {

struct Task {
  std::int64_t done = 0;
  std::int64_t wanted = 2;
  bool is_ended = false;
};

constexpr DecisionRange kRange{.first = 2, .cap = 6};

/// Tasks of which each has a difficulty: hard ones go on and on, so that those done early are the easy ones.
class World {
 public:
  explicit World(std::uint64_t seed) : rng_(seed), tasks_(500) {
    for (std::size_t i = 0; i < tasks_.size(); ++i) ease_.push_back(0.25 + 0.6 * rng_.uniform());
  }
  /// One label for a task; false when it is ended.
  bool label(std::size_t i) {
    Task& task = tasks_[i];
    if (task.is_ended) return false;
    if (++task.done < task.wanted) return true;
    task.is_ended = task.done >= kRange.cap || rng_.uniform() < ease_[i];
    if (!task.is_ended) ++task.wanted;
    return true;
  }
  void work(std::size_t labels) {
    while (labels > 0) labels -= label(rng_.below(tasks_.size())) ? 1 : 0;
  }
  std::int64_t finish() {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < tasks_.size(); ++i)
      while (label(i)) ++count;
    return count;
  }
  [[nodiscard]] std::vector<TaskGroup> groups() const {
    std::map<std::tuple<bool, std::int64_t, std::int64_t>, std::int64_t> counts;
    for (const Task& task : tasks_) ++counts[{task.is_ended, task.wanted, task.done}];
    std::vector<TaskGroup> out;
    for (const auto& [key, count] : counts)
      out.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
    return out;
  }

 private:
  Rng rng_;
  std::vector<Task> tasks_;
  std::vector<double> ease_{};
};

TEST(LabelsToGo, the_interval_holds_what_drawn_worlds_turn_out_to_need) {
  int held = 0;
  double told = 0;
  double needed = 0;
  constexpr int kWorlds = 200;
  for (std::uint64_t seed = 1; seed <= kWorlds; ++seed) {
    World world(seed);
    world.work(700);
    const LabelsToGo forecast = labels_to_go(world.groups(), kRange, seed);
    const auto truth = static_cast<double>(world.finish());
    held += forecast.low <= truth && truth <= forecast.high ? 1 : 0;
    told += forecast.expected;
    needed += truth;
  }
  EXPECT_GE(held, 180) << "of " << kWorlds;
  EXPECT_NEAR(told / needed, 1, 0.05);
}

TEST(LabelsToGo, a_fixed_number_of_labels_is_counted_exactly) {
  const std::vector<TaskGroup> groups{
      {true, 3, 3, 40}, {false, 3, 1, 10}, {false, 3, 0, 5}, {false, 7, 2, 2}};
  const LabelsToGo found = labels_to_go(groups, {.first = 3, .cap = 3});
  for (const double each : {found.expected, found.low, found.high})
    EXPECT_NEAR(each, 10 * 2 + 5 * 3 + 2 * 5, 1e-9);
}

TEST(LabelsToGo, before_any_decision_the_interval_is_wide_and_within_the_cap) {
  const std::vector<TaskGroup> groups{{false, 2, 0, 100}};
  const LabelsToGo found = labels_to_go(groups, kRange);
  EXPECT_GE(found.low, 200);
  EXPECT_LE(found.high, 640);
  EXPECT_GT(found.high - found.low, 150);
}

TEST(LabelsToGo, nothing_is_left_when_every_task_has_ended) {
  const std::vector<TaskGroup> groups{{true, 2, 2, 100}, {true, 6, 6, 3}};
  EXPECT_EQ(labels_to_go(groups, kRange).high, 0);
}

}  // namespace
}  // namespace mizan::routing
