#include "mizan/app/work/lease_assignment.h"

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using testing::IsEmpty;

class LeaseAssignmentVerb : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(LeaseAssignmentVerb);

TEST_P(LeaseAssignmentVerb, the_next_task_in_order_is_given_and_never_the_same_one_twice) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":2},"live_assignments":10})");
  const auto tasks = world.add_tasks({.count = 3});
  const auto annotator = world.add_annotator();
  for (const domain::TaskId expected : tasks) {
    const auto leased = world.lease(annotator);
    ASSERT_TRUE(leased && *leased);
    EXPECT_EQ((*leased)->row.task_id, expected);
  }
  EXPECT_EQ(*world.lease(annotator), std::nullopt);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(LeaseAssignmentVerb, at_the_limit_the_oldest_live_assignment_is_given_again) {
  WorkWorld world(database());
  (void)world.add_tasks({.count = 3});
  const auto annotator = world.add_annotator();
  const auto first = world.lease(annotator);
  const auto second = world.lease(annotator);
  ASSERT_TRUE(first && *first && second && *second);
  EXPECT_EQ((*first)->row.assignment_id, (*second)->row.assignment_id);
  EXPECT_FALSE((*first)->is_resumed);
  EXPECT_TRUE((*second)->is_resumed);
}

TEST_P(LeaseAssignmentVerb, sixty_four_annotators_at_once_never_exceed_the_overlap) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":3},"live_assignments":100})");
  const auto tasks = world.add_tasks({.count = 40});
  const auto annotators = world.add_annotators(64);
  std::atomic<int> given{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (const Caller& annotator : annotators) {
    threads.emplace_back([&] {
      for (int i = 0; i < 4; ++i) {
        const auto leased = world.lease(annotator);
        if (!leased) ++failed;
        if (leased && *leased) ++given;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(given, 40 * 3);
  for (const domain::TaskId task : tasks) {
    const auto state = world.state_of(task);
    EXPECT_EQ(state.counts.live_count, 3);
    EXPECT_EQ(state.state, rules::TaskState::full);
  }
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(LeaseAssignmentVerb, higher_priorities_come_first) {
  WorkWorld world(database(), R"({"live_assignments":10})");
  const auto low = world.add_tasks({.count = 2, .priority = -1});
  const auto normal = world.add_tasks({.count = 1});
  const auto high = world.add_tasks({.count = 1, .priority = 5});
  const auto annotator = world.add_annotator();
  std::vector<domain::TaskId> order;
  for (int i = 0; i < 4; ++i) order.push_back((*world.lease(annotator))->row.task_id);
  EXPECT_EQ(order, (std::vector{high[0], normal[0], low[0], low[1]}));
}

TEST_P(LeaseAssignmentVerb, a_batch_that_does_not_run_gives_no_lease) {
  WorkWorld world(database());
  const auto batch = world.add_batch("paused");
  (void)world.add_tasks({.count = 50, .batch = batch});  // open still: holding them follows later
  const auto annotator = world.add_annotator();
  EXPECT_EQ(*world.lease(annotator), std::nullopt);
  world.run({"test_run_batches", "UPDATE batches SET state = 'running'"});
  EXPECT_NE(*world.lease(annotator), std::nullopt);
}

TEST_P(LeaseAssignmentVerb, tasks_of_a_suppliers_batch_go_to_its_people_alone) {
  WorkWorld world(database());
  const auto other = world.add_supplier();
  const auto batch = world.add_batch("running", other);
  (void)world.add_tasks({.count = 5, .batch = batch, .supplier = other});
  const auto outsider = world.add_annotator();
  const auto insider = world.add_annotator({.supplier = other});
  EXPECT_EQ(*world.lease(outsider), std::nullopt);
  EXPECT_NE(*world.lease(insider), std::nullopt);
}

TEST_P(LeaseAssignmentVerb, languages_and_domains_are_matched) {
  WorkWorld world(database(), R"({"live_assignments":10})");
  const auto arabic = world.add_tasks({.language = "ar"});
  const auto law = world.add_tasks({.domain = "law", .language = "en"});
  const auto reader = world.add_annotator({.supplier = world.supplier(), .languages = {"ar"}});
  const auto lawyer =
      world.add_annotator({.supplier = world.supplier(), .languages = {"en", "fr"}, .domains = {"law"}});
  EXPECT_EQ((*world.lease(reader))->row.task_id, arabic[0]);
  EXPECT_EQ(*world.lease(reader), std::nullopt);
  EXPECT_EQ((*world.lease(lawyer))->row.task_id, law[0]);
  EXPECT_EQ(*world.lease(lawyer), std::nullopt);
}

struct Refusal {
  const char* name;
  store::Query change;
  const char* says;
};

TEST_P(LeaseAssignmentVerb, who_may_not_work_is_told_why) {
  const Refusal refusals[] = {
      {"paused project",
       {"test_pause", "UPDATE projects SET state = 'paused', version = version + 1"},
       "paused"},
      {"no template", {"test_no_template", "UPDATE projects SET template_version = 0"}, "no template"},
      {"annotator",
       {"test_annotator", "UPDATE annotators SET state = 'suspended'"},
       "the annotator is suspended"},
      {"supplier",
       {"test_supplier", "UPDATE suppliers SET state = 'suspended'"},
       "the supplier is suspended"},
      {"on project",
       {"test_on_project", "UPDATE project_suppliers SET state = 'suspended'"},
       "on this project"},
      {"not on project", {"test_not_on", "DELETE FROM project_suppliers"}, "does not work on this project"},
      {"team", {"test_team", "DELETE FROM annotator_teams"}, "members of the team \"doctors\""},
      {"forbidden",
       {"test_trap", "UPDATE annotator_teams SET team = 'trainees' WHERE team = 'x'"},
       "\"trainees\""},
  };
  for (const Refusal& refusal : refusals) {
    WorkWorld world(database(), R"({"required_teams":["doctors"],"forbidden_teams":["trainees"]})");
    (void)world.add_tasks({.count = 1});
    const auto annotator = world.add_annotator({.supplier = world.supplier(), .teams = {"doctors", "x"}});
    world.run(refusal.change);
    const auto leased = world.lease(annotator);
    ASSERT_FALSE(leased) << refusal.name;
    EXPECT_EQ(leased.error().code, ErrorCode::not_eligible) << refusal.name;
    EXPECT_THAT(leased.error().message, testing::HasSubstr(refusal.says)) << refusal.name;
    const auto judged = workable(world.service(), annotator, {.project = world.project()});
    EXPECT_FALSE(judged->is_workable) << refusal.name;
    EXPECT_EQ(judged->code, "not_eligible") << refusal.name;
  }
}

TEST_P(LeaseAssignmentVerb, a_suppliers_system_leases_many_for_its_contributors) {
  WorkWorld world(database());
  (void)world.add_tasks({.count = 200});
  (void)world.add_annotators(2);
  const auto leased = lease_assignments(world.service(), world.manager_of(world.supplier()),
                                        {.project = world.project(),
                                         .contributor_ids = {"contributor-1", "contributor-2", "nobody"},
                                         .count = 60});
  ASSERT_TRUE(leased);
  ASSERT_EQ(leased->size(), 3U);
  EXPECT_EQ((*leased)[0].assignments.size(), 60U);
  EXPECT_EQ((*leased)[1].assignments.size(), 60U);
  EXPECT_EQ((*leased)[2].refused->code, ErrorCode::not_found);
  EXPECT_THAT(world.breaches(), IsEmpty());

  const auto other = world.add_supplier();
  const auto stranger =
      lease_assignments(world.service(), world.manager_of(other),
                        {.project = world.project(), .contributor_ids = {"contributor-1"}, .count = 1});
  EXPECT_EQ((*stranger)[0].refused->code, ErrorCode::not_found);
}

TEST_P(LeaseAssignmentVerb, only_granted_members_of_the_payload_are_seen) {
  WorkWorld world(database());
  (void)world.add_tasks({.count = 1});
  world.run({"test_grant", R"(UPDATE project_suppliers SET granted_fields = '["text"]')"});
  const auto leased = world.lease(world.add_annotator());
  EXPECT_THAT(granted_payload(**leased), testing::HasSubstr("\"text\""));
  EXPECT_THAT(granted_payload(**leased), testing::Not(testing::HasSubstr("secret")));
}

}  // namespace
}  // namespace mizan::app
