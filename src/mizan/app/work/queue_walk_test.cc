#include "mizan/app/work/queue_walk.h"

#include <map>
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/work/end_assignment.h"
#include "mizan/app/work/lease_assignment.h"
#include "mizan/store/work/lanes.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using testing::IsEmpty;

class QueueWalk : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(QueueWalk);

// Random imports, leases, answers, skips and expiries. Brute force knows which tasks are open and which an
// annotator had; a lease must find one exactly when there is one, and never one that they had.
TEST_P(QueueWalk, an_eligible_open_task_is_always_found_and_none_is_given_twice) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    WorkWorld world(database(), R"({"overlap":{"labels_per_task":2},"live_assignments":1000})");
    Rng rng(seed);
    const std::vector<std::string> languages{"", "en", "ar"};
    std::vector<Caller> annotators;
    std::vector<std::string> speaks;
    for (int i = 0; i < 5; ++i) {
      speaks.push_back(languages[rng.below(3)]);
      auto spoken = speaks.back().empty() ? std::vector<std::string>{} : std::vector{speaks.back()};
      annotators.push_back(world.add_annotator({.supplier = world.supplier(), .languages = spoken}));
    }
    std::map<domain::TaskId, std::string> tasks;
    std::vector<std::set<domain::TaskId>> had(annotators.size());
    std::vector<std::pair<std::size_t, domain::AssignmentId>> live;
    for (int step = 0; step < 150; ++step) {
      world.clock().advance(seconds(40));  // cursors may be forgotten again
      const std::size_t who = rng.below(annotators.size());
      const auto what = rng.below(10);
      if (what == 0 || step == 0) {
        const std::string language = languages[rng.below(3)];
        const auto priority = static_cast<std::int64_t>(rng.below(3));
        for (const auto task : world.add_tasks({.count = 4, .priority = priority, .language = language}))
          tasks[task] = language;
      } else if (what <= 5) {
        bool exists = false;
        for (const auto& [task, language] : tasks) {
          const bool fits = language.empty() || speaks[who].empty() || language == speaks[who];
          exists = exists ||
                   (fits && !had[who].contains(task) && world.state_of(task).state == rules::TaskState::open);
        }
        EXPECT_EQ(workable(world.service(), annotators[who], {.project = world.project()})->is_workable,
                  exists);
        const auto leased = world.lease(annotators[who]);
        ASSERT_TRUE(leased) << to_string(leased.error());
        ASSERT_EQ(leased->has_value(), exists) << "seed " << seed << " step " << step;
        if (!*leased) continue;
        EXPECT_TRUE(had[who].insert((*leased)->row.task_id).second);
        live.emplace_back(who, (*leased)->row.assignment_id);
      } else if (!live.empty()) {
        const std::size_t place = rng.below(live.size());
        const auto [owner, assignment] = live[place];
        live.erase(live.begin() + static_cast<std::ptrdiff_t>(place));
        if (what <= 7)
          (void)world.submit(annotators[owner], assignment, "yes");
        else if (what == 8)
          (void)skip_assignment(world.service(), annotators[owner],
                                {.assignment = assignment, .reason = "unclear"});
        else
          (void)expire_assignments(world.service(), 3);
      }
    }
    EXPECT_THAT(world.breaches(), IsEmpty());
  }
}

// SQLite's index forgets a task that leaves the queue at once; PostgreSQL's keeps it until it is vacuumed.
TEST_P(QueueWalk, on_postgres_a_cursor_passes_what_others_have_finished) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":1}})");
  const auto tasks = world.add_tasks({.count = 12});
  const auto work = [&](const Caller& annotator, int count) {
    for (int i = 0; i < count; ++i) {
      const auto leased = world.lease(annotator);
      ASSERT_TRUE(leased && *leased);
      ASSERT_TRUE(world.submit(annotator, (*leased)->row.assignment_id, "yes"));
    }
  };
  work(world.add_annotator(), 6);
  const auto latecomer = world.add_annotator();
  work(latecomer, 5);
  const auto lanes = database().read([&](store::Transaction& tx) {
    return store::lanes_for(tx, {.project_id = world.project(),
                                 .annotator_id = *latecomer.annotator,
                                 .supplier_id = world.supplier()});
  });
  ASSERT_TRUE(lanes);
  ASSERT_EQ(lanes->size(), 1U);
  if (GetParam() == store::Dialect::postgres)
    EXPECT_GE(lanes->front().cursor, world.state_of(tasks[9]).position);
  else
    EXPECT_EQ(lanes->front().cursor, 0);
}

TEST_P(QueueWalk, gold_and_ordinary_assignments_look_the_same) {
  WorkWorld world(database(), R"({"gold":{"rate_at_start":0.5,"rate_later":0.5},"live_assignments":100})");
  (void)world.add_tasks({.count = 60});
  for (int i = 0; i < 30; ++i) (void)world.add_gold({.concept_name = i % 2 == 0 ? "a" : "b"});
  const auto annotator = world.add_annotator();
  int gold = 0;
  std::set<domain::TaskId> seen;
  std::set<std::size_t> payload_sizes;
  for (int i = 0; i < 40; ++i) {
    const auto leased = world.lease(annotator);
    ASSERT_TRUE(leased && *leased);
    EXPECT_TRUE(seen.insert((*leased)->row.task_id).second);
    payload_sizes.insert((*leased)->payload.size());
    gold += (*leased)->row.is_gold ? 1 : 0;
  }
  EXPECT_GT(gold, 8);
  EXPECT_LT(gold, 32);
  EXPECT_EQ(payload_sizes.size(), 1U);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

}  // namespace
}  // namespace mizan::app
