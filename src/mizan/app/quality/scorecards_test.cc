#include "mizan/app/quality/scorecards.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/quality/read_consensus.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

const std::string kSettings =
    R"({"overlap":{"kind":"fixed","labels_per_task":4},"gold":{"rate_at_start":0,"rate_later":0},)"
    R"("review_share":0})";

class ScorecardsOf : public test::EachDatabase {
 protected:
  // Two suppliers of two annotators: the first says yes, the second says no every third time.
  void label(test::WorkWorld& world, domain::SupplierId poor) {
    std::vector<Caller> people = world.add_annotators(2);
    for (int i = 0; i < 2; ++i) people.push_back(world.add_annotator({.supplier = poor}));
    tasks_ = world.add_tasks({.count = 60});
    for (int round = 0; round < 60; ++round)
      for (std::size_t w = 0; w < people.size(); ++w) {
        const auto given = world.lease(people[w]);
        ASSERT_TRUE(given);
        if (!*given) continue;
        const bool errs = w >= 2 && (round + static_cast<int>(w)) % 3 == 0;
        ASSERT_TRUE(world.submit(people[w], (*given)->row.assignment_id, errs ? "no" : "yes"));
      }
  }
  Caller lead() const {
    Caller caller;
    caller.account = {7};
    caller.memberships = {{rules::Role::owner, rules::kOrganisation}};
    return caller;
  }
  std::vector<domain::TaskId> tasks_;
};
MIZAN_ON_EACH_DATABASE(ScorecardsOf);

TEST_P(ScorecardsOf, tell_the_better_supplier_and_show_a_supplier_its_own_alone) {
  test::WorkWorld world(database(), kSettings);
  const auto poor = world.add_supplier();
  label(world, poor);
  const auto cards = read_scorecards(world.service(), lead(), world.project(), "");
  ASSERT_TRUE(cards) << to_string(cards.error());
  ASSERT_EQ((*cards)->suppliers.size(), 2U);
  ASSERT_EQ((*cards)->annotators.size(), 4U);
  const bool is_first = (*cards)->suppliers[0].supplier == poor;
  const Scorecard& worse = (*cards)->suppliers[is_first ? 0 : 1];
  const Scorecard& better = (*cards)->suppliers[is_first ? 1 : 0];
  EXPECT_GT(better.accuracy.value, worse.accuracy.value);
  EXPECT_EQ(better.figures.annotation_count, 120);
  EXPECT_LE(worse.accuracy.interval.low, worse.accuracy.value);
  ASSERT_EQ((*cards)->pairs.size(), 1U);
  EXPECT_EQ((*cards)->pairs[0].comparison.task_count, 60U);
  EXPECT_EQ((*cards)->pairs[0].until_known.state, ::mizan::supplier::UntilKnownState::reachable);
  EXPECT_GT((*cards)->pairs[0].until_known.likely.value_or(0), 0U);

  const auto own = read_scorecards(world.service(), world.manager_of(poor), world.project(), "safe");
  ASSERT_TRUE(own) << to_string(own.error());
  ASSERT_EQ((*own)->suppliers.size(), 1U);
  EXPECT_EQ((*own)->suppliers[0].supplier, poor);
  EXPECT_EQ((*own)->annotators.size(), 2U);
  EXPECT_TRUE((*own)->pairs.empty());
  EXPECT_EQ(read_scorecards(world.service(), lead(), world.project(), "nothing").error().code,
            ErrorCode::not_found);
}

TEST_P(ScorecardsOf, consensus_shows_what_is_believed_and_how_each_label_moved_it) {
  test::WorkWorld world(database(), kSettings);
  label(world, world.add_supplier());
  const auto list =
      list_consensus(world.service(), lead(), {.project = world.project(), .page = {{}, {}, 1000}});
  ASSERT_TRUE(list) << to_string(list.error());
  EXPECT_EQ(list->rows.size(), 60U);
  const auto split = list_consensus(
      world.service(), lead(),
      {.project = world.project(), .filter = {.top_share_below = 0.9}, .page = {{}, {}, 1000}});
  ASSERT_TRUE(split);
  EXPECT_GT(split->rows.size(), 0U);
  EXPECT_LT(split->rows.size(), 60U);
  const auto one = read_task_consensus(world.service(), lead(), {world.project(), tasks_[0]});
  ASSERT_TRUE(one) << to_string(one.error());
  ASSERT_EQ(one->rows.size(), 1U);
  ASSERT_EQ(one->moves[0].size(), 4U);
  EXPECT_NEAR(one->moves[0].back().belief.confidence, one->rows[0].confidence, 1e-9);
  const auto quality = read_quality(world.service(), lead(), world.project());
  ASSERT_TRUE(quality) << to_string(quality.error());
  ASSERT_EQ(quality->size(), 1U);
  EXPECT_EQ((*quality)[0].summary.label_count, 240);
  EXPECT_LT((*quality)[0].accuracy_low, (*quality)[0].accuracy);
  EXPECT_EQ(list_consensus(world.service(), world.manager_of(world.supplier()), {.project = world.project()})
                .error()
                .code,
            ErrorCode::forbidden);
}

}  // namespace
}  // namespace mizan::app
