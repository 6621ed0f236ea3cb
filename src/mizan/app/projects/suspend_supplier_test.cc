// The kill switch: nothing of the supplier is live any more, nothing new is given to it, and nobody else
// notices.
#include "mizan/app/projects/suspend_supplier.h"

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/projects/annotators.h"
#include "mizan/app/projects/revoke.h"
#include "mizan/store/work/assignments.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;

constexpr const char* kSettings =
    R"({"overlap": {"labels_per_task": 2, "max_labels_per_task": 2}, "gold": {"rate_at_start": 0, "rate_later": 0}})";

class KillSwitch : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    world_ = std::make_unique<WorkWorld>(database(), kSettings);
    rival_ = world_->add_supplier("expert");
    for (int i = 0; i < 6; ++i) {
      ours_.push_back(world_->add_annotator());
      rivals_.push_back(world_->add_annotator({.supplier = rival_}));
    }
  }
  void TearDown() override { world_.reset(); }

  std::size_t live_of(domain::SupplierId supplier) {
    return database()
        .read([&](store::Transaction& tx) {
          return store::live_assignments_of_supplier(tx, supplier, {}, 10'000);
        })
        .value()
        .size();
  }
  ErrorCode refusal(const Caller& annotator) {
    const auto answer = world_->lease(annotator);
    return answer ? ErrorCode::internal : answer.error().code;
  }

  Caller owner_ = system_caller();
  std::unique_ptr<WorkWorld> world_;
  domain::SupplierId rival_{};
  std::vector<Caller> ours_;
  std::vector<Caller> rivals_;
};
MIZAN_ON_EACH_DATABASE(KillSwitch);

TEST_P(KillSwitch, leaves_nothing_live_and_others_as_they_were) {
  world_->add_tasks({.count = 20});
  std::map<std::int64_t, std::string> before;  // the rivals' assignments and payloads
  for (const Caller& annotator : ours_) ASSERT_TRUE(world_->lease(annotator).value());
  const auto answered = world_->lease(ours_[0]).value()->row.assignment_id;
  ASSERT_TRUE(world_->submit(ours_[0], answered));
  for (const Caller& annotator : rivals_) {
    const auto given = world_->lease(annotator).value();
    before[given->row.assignment_id.value] = given->payload;
  }
  const auto suspended = suspend_supplier(world_->service(), owner_, world_->supplier()).value();
  EXPECT_EQ(suspended.supplier.state, "suspended");
  EXPECT_EQ(suspended.revoked_count, 5);
  EXPECT_EQ(live_of(world_->supplier()), 0U);
  for (const Caller& annotator : ours_) EXPECT_EQ(refusal(annotator), ErrorCode::not_eligible);

  std::map<std::int64_t, std::string> after;
  for (const Caller& annotator : rivals_) {
    const auto given = world_->lease(annotator).value();
    after[given->row.assignment_id.value] = given->payload;
  }
  EXPECT_EQ(after, before) << "the others have what they had";
  EXPECT_THAT(world_->breaches(), testing::IsEmpty());

  const auto again = suspend_supplier(world_->service(), owner_, world_->supplier()).value();
  EXPECT_EQ(again.revoked_count, 0);
  EXPECT_EQ(again.supplier.version, suspended.supplier.version);
  ASSERT_TRUE(resume_supplier(world_->service(), owner_, world_->supplier()));
  EXPECT_TRUE(world_->lease(ours_[1]).value());
}

TEST_P(KillSwitch, what_is_revoked_goes_to_others) {
  const auto tasks = world_->add_tasks({.count = 3});
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(world_->lease(ours_[static_cast<std::size_t>(i)]).value());
  EXPECT_EQ(world_->lease(rivals_[0]).value(), std::nullopt) << "every place is taken";
  ASSERT_TRUE(suspend_supplier(world_->service(), owner_, world_->supplier()));
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(world_->lease(rivals_[static_cast<std::size_t>(i)]).value());
  for (const auto task : tasks) EXPECT_EQ(world_->state_of(task).counts.live_count, 2);
}

TEST_P(KillSwitch, holds_while_everybody_leases) {
  world_->add_tasks({.count = 2000});
  std::atomic<bool> stopping{false};
  std::vector<std::thread> threads;
  const auto work = [&](const Caller& annotator) {
    while (!stopping) {
      const auto given = world_->lease(annotator);
      if (given && *given) static_cast<void>(world_->submit(annotator, (*given)->row.assignment_id));
    }
  };
  for (const Caller& annotator : ours_) threads.emplace_back(work, annotator);
  for (const Caller& annotator : rivals_) threads.emplace_back(work, annotator);
  ASSERT_TRUE(suspend_supplier(world_->service(), owner_, world_->supplier()));
  // What had begun before is taken back by the background work; from now on nothing new begins.
  ASSERT_TRUE(revoke_of_suspended(world_->service()));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(refusal(ours_[0]), ErrorCode::not_eligible);
  stopping = true;
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(revoke_of_suspended(world_->service()));
  EXPECT_EQ(live_of(world_->supplier()), 0U);
  EXPECT_THAT(world_->breaches(), testing::IsEmpty());
}

// What a supplier's own system has in hand is more than one transaction should hold the writer for.
TEST_P(KillSwitch, takes_back_thousands_in_transactions_that_let_others_in_between) {
  world_->add_tasks({.count = 1500});
  const auto leased =
      lease_assignments(world_->service(), world_->manager_of(world_->supplier()),
                        {.project = world_->project(),
                         .contributor_ids = {"contributor-1", "contributor-3", "contributor-5"},
                         .count = 700});
  ASSERT_TRUE(leased) << to_string(leased.error());
  ASSERT_EQ(live_of(world_->supplier()), 2100U);
  // The server died between the commit of the suspension and the last revocation.
  world_->run({"test_suspend", "UPDATE suppliers SET state = 'suspended' WHERE kind = 'crowd'"});
  EXPECT_EQ(revoke_of_suspended(world_->service()).value(), 2100);
  EXPECT_EQ(live_of(world_->supplier()), 0U);
  EXPECT_EQ(revoke_of_suspended(world_->service()).value(), 0);
  EXPECT_EQ(suspend_supplier(world_->service(), owner_, world_->supplier()).value().revoked_count, 0);
  EXPECT_THAT(world_->breaches(), testing::IsEmpty());
}

TEST_P(KillSwitch, in_one_project_takes_back_that_project_alone) {
  world_->add_tasks({.count = 4});
  ASSERT_TRUE(world_->lease(ours_[0]).value());
  const ProjectSupplierKey key{.project_id = world_->project(), .supplier_id = world_->supplier()};
  const auto suspended = suspend_project_supplier(world_->service(), owner_, key).value();
  EXPECT_EQ(suspended.revoked_count, 1);
  EXPECT_EQ(refusal(ours_[0]), ErrorCode::not_eligible);
  EXPECT_EQ(read_supplier(world_->service(), owner_, world_->supplier()).value().state, "active");
  ASSERT_TRUE(resume_project_supplier(world_->service(), owner_, key));
  EXPECT_TRUE(world_->lease(ours_[0]).value());
}

TEST_P(KillSwitch, a_supplier_cannot_switch_itself_or_others) {
  const Caller manager = world_->manager_of(rival_);
  EXPECT_EQ(suspend_supplier(world_->service(), manager, world_->supplier()).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(suspend_supplier(world_->service(), manager, rival_).error().code, ErrorCode::forbidden);
}

TEST_P(KillSwitch, an_annotator_alone_can_be_suspended_by_the_own_supplier) {
  world_->add_tasks({.count = 4});
  ASSERT_TRUE(world_->lease(ours_[0]).value());
  ASSERT_TRUE(world_->lease(ours_[1]).value());
  const auto id = *ours_[0].annotator;
  EXPECT_EQ(suspend_annotator(world_->service(), world_->manager_of(rival_), id).error().code,
            ErrorCode::not_found);
  const Caller manager = world_->manager_of(world_->supplier());
  EXPECT_EQ(suspend_annotator(world_->service(), manager, id).value().state, "suspended");
  EXPECT_EQ(live_of(world_->supplier()), 1U);
  EXPECT_EQ(refusal(ours_[0]), ErrorCode::not_eligible);
  ASSERT_TRUE(resume_annotator(world_->service(), manager, id));
  EXPECT_TRUE(world_->lease(ours_[0]).value());
}

TEST_P(KillSwitch, a_new_team_lets_an_annotator_look_at_the_whole_queue_again) {
  const Caller manager = world_->manager_of(world_->supplier());
  const Annotator annotator = read_annotator(world_->service(), manager, *ours_[0].annotator).value();
  const UpdateAnnotator edit{.annotator_id = annotator.annotator_id,
                             .version = annotator.version,
                             .languages = std::vector<std::string>{"en", "ar", "en"},
                             .teams = std::vector<std::string>{"doctors"}};
  const Annotator edited = update_annotator(world_->service(), manager, edit).value();
  EXPECT_EQ(edited.languages, (std::vector<std::string>{"ar", "en"}));
  EXPECT_EQ(edited.teams, std::vector<std::string>{"doctors"});
  EXPECT_EQ(update_annotator(world_->service(), manager, edit).error().code, ErrorCode::precondition_failed);
  EXPECT_EQ(
      read_annotator(world_->service(), world_->manager_of(rival_), annotator.annotator_id).error().code,
      ErrorCode::not_found);
  const auto listed =
      list_annotators(world_->service(), manager, {.supplier_id = world_->supplier()}).value();
  ASSERT_EQ(listed.size(), 6U);
  EXPECT_EQ(listed[0].teams, std::vector<std::string>{"doctors"});
  EXPECT_EQ(list_annotators(world_->service(), manager, {.supplier_id = rival_}).error().code,
            ErrorCode::forbidden);
}

}  // namespace
}  // namespace mizan::app
