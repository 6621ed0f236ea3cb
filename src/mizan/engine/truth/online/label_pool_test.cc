#include "mizan/engine/truth/online/label_pool.h"

#include <map>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::truth {
namespace {

std::map<AnnotatorIndex, ClassIndex> labels_of(const LabelPool& pool, TaskIndex task) {
  std::map<AnnotatorIndex, ClassIndex> labels;
  pool.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) { labels[annotator] = label; });
  return labels;
}

TEST(LabelPool, holds_what_a_map_would_hold_after_any_changes) {
  Rng rng(3);
  LabelPool pool;
  std::vector<std::map<AnnotatorIndex, ClassIndex>> expected(40);
  for (std::size_t t = 0; t < expected.size(); ++t) EXPECT_EQ(pool.add_task(), t);
  std::size_t count = 0;
  for (int change = 0; change < 20'000; ++change) {
    const auto task = static_cast<TaskIndex>(rng.below(expected.size()));
    const auto annotator = static_cast<AnnotatorIndex>(rng.below(30));
    if (rng.uniform() < 0.6) {
      const auto label = static_cast<ClassIndex>(rng.below(5));
      count += expected[task].count(annotator) == 0 ? 1 : 0;
      expected[task][annotator] = label;
      pool.put(task, annotator, label);
    } else {
      const bool had = expected[task].erase(annotator) > 0;
      count -= had ? 1 : 0;
      EXPECT_EQ(pool.remove(task, annotator), had);
    }
    ASSERT_EQ(pool.label_count(), count);
  }
  for (TaskIndex t = 0; t < expected.size(); ++t) {
    EXPECT_EQ(labels_of(pool, t), expected[t]) << t;
    EXPECT_EQ(pool.label_count_of_task(t), expected[t].size()) << t;
    for (AnnotatorIndex w = 0; w < 30; ++w) EXPECT_EQ(pool.find(t, w).has_value(), expected[t].count(w) > 0);
  }
}

TEST(LabelPool, removing_keeps_the_order_of_the_others) {
  LabelPool pool;
  const TaskIndex task = pool.add_task();
  for (AnnotatorIndex w = 0; w < 6; ++w) pool.put(task, w, w % 2);
  pool.remove(task, 2);
  std::vector<AnnotatorIndex> order;
  pool.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex) { order.push_back(annotator); });
  EXPECT_EQ(order, (std::vector<AnnotatorIndex>{0, 1, 3, 4, 5}));
}

TEST(LabelPool, ten_labels_a_task_take_under_twenty_bytes_each) {
  LabelPool pool;
  constexpr std::size_t kTasks = 20'000;
  for (std::size_t t = 0; t < kTasks; ++t) pool.add_task();
  for (AnnotatorIndex w = 0; w < 10; ++w)
    for (std::size_t t = 0; t < kTasks; ++t) pool.put(static_cast<TaskIndex>(t), w, 1);
  EXPECT_LT(pool.memory_bytes(), kTasks * 10 * 40);
}

}  // namespace
}  // namespace mizan::truth
