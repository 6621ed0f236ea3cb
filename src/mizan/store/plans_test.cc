// Every hot statement looks at few rows, on tables that hold a project of some size. On PostgreSQL: before
// anybody has gathered statistics, and after; with plans for the parameters at hand, and with plans for any
// parameters, to which it changes over after some executions.
#include <map>
#include <memory>
#include <string_view>

#include <gtest/gtest.h>

#include "mizan/store/access/accounts.h"
#include "mizan/store/access/api_keys.h"
#include "mizan/store/access/audit_entries.h"
#include "mizan/store/access/invites.h"
#include "mizan/store/access/memberships.h"
#include "mizan/store/access/sessions.h"
#include "mizan/store/events/events.h"
#include "mizan/store/events/webhook_deliveries.h"
#include "mizan/store/events/webhooks.h"
#include "mizan/store/outbox.h"
#include "mizan/store/projects/annotators.h"
#include "mizan/store/projects/batch_tasks.h"
#include "mizan/store/projects/batches.h"
#include "mizan/store/projects/project_suppliers.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/question_classes.h"
#include "mizan/store/projects/suppliers.h"
#include "mizan/store/projects/templates.h"
#include "mizan/store/quality/consensus.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/upkeep/idempotency_keys.h"
#include "mizan/store/work/annotations.h"
#include "mizan/store/work/annotator_standing.h"
#include "mizan/store/work/assignments.h"
#include "mizan/store/work/drafts.h"
#include "mizan/store/work/gold_answers.h"
#include "mizan/store/work/lanes.h"
#include "mizan/store/work/reviews.h"
#include "mizan/store/work/task_queue.h"
#include "mizan/store/work/task_states.h"
#include "mizan/store/work/tasks.h"
#include "support/full_tables.h"
#include "support/plan_watch.h"

namespace mizan::store {
namespace {

using test::full_account;
using test::full_annotation;
using test::full_annotator;
using test::full_assignment;
using test::full_task;
using test::PlanWatch;

constexpr auto kProject = test::kFullProject;
constexpr auto kSupplier = test::kFullSupplier;
constexpr domain::BatchId kBatch{3};

class Plans : public testing::TestWithParam<Dialect> {
 protected:
  // Filled once for all tests: nothing that they do is kept.
  static void TearDownTestSuite() { databases().clear(); }

  void SetUp() override {
    if (GetParam() == Dialect::postgres && !test::has_postgres())
      GTEST_SKIP() << "MIZAN_TEST_POSTGRES is not set";
    auto& database = databases()[GetParam()];
    if (!database) {
      database = test::TestDatabase::make(GetParam());
      test::fill_tables(*database);
    }
    watch_ = std::make_unique<PlanWatch>(*database);
  }
  void TearDown() override { watch_.reset(); }

  // Runs `check` in every state of the planner.
  template <class Check>
  void in_every_mood(const Check& check) {
    if (GetParam() == Dialect::sqlite) return check();
    for (const std::string_view mood : {"force_custom_plan", "force_generic_plan"}) {
      SCOPED_TRACE(mood);
      watch_->run_script("SET plan_cache_mode = " + std::string(mood));
      check();
    }
  }

  template <class Fn>
  void look(Fn&& fn) {
    EXPECT_TRUE(watch_->reads_little(fn));
  }

  void look_at_work();
  void look_at_lists_of_work();
  void look_at_projects();
  void look_at_access();
  void look_at_events();
  void look_at_upkeep();
  void look_at_all() {
    in_every_mood([&] {
      look_at_work();
      look_at_lists_of_work();
      look_at_projects();
      look_at_access();
      look_at_events();
      look_at_upkeep();
    });
  }

  std::unique_ptr<PlanWatch> watch_;

 private:
  static std::map<Dialect, std::unique_ptr<test::TestDatabase>>& databases() {
    static std::map<Dialect, std::unique_ptr<test::TestDatabase>> made;
    return made;
  }
};
INSTANTIATE_TEST_SUITE_P(on, Plans, testing::Values(Dialect::sqlite, Dialect::postgres), test::dialect_name);

Blob bytes(std::string_view text) {
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

void Plans::look_at_work() {
  const auto who = full_annotator(5);
  const LaneStretch stretch{
      .project_id = kProject, .annotator_id = who, .lane_id = test::kFullLane, .after = 0, .limit = 250};
  look([&](auto& tx) { return find_standing(tx, kProject, who); });
  look([&](auto& tx) { return find_teams(tx, who); });
  look(
      [&](auto& tx) { return add_progress(tx, {.project_id = kProject, .annotator_id = who, .leased = 1}); });
  look([&](auto& tx) {
    return lanes_for(tx, {.project_id = kProject, .annotator_id = who, .supplier_id = kSupplier});
  });
  look([&](auto& tx) { return next_tasks(tx, stretch); });
  look([&](auto& tx) -> Result<std::optional<TaskStateRow>> {
    MIZAN_TRY(const auto candidates, next_tasks(tx, stretch));
    return take_first_open(tx, candidates);
  });
  if (GetParam() == Dialect::postgres) look([&](auto& tx) { return take_from_head(tx, stretch); });
  look([&](auto& tx) { return lane_has_work(tx, stretch); });
  look([&](auto& tx) { return find_payload(tx, kProject, full_task(70)); });
  look([&](auto& tx) { return had_task(tx, kProject, full_task(70), who); });
  look([&](auto& tx) { return gold_tasks_seen(tx, kProject, who); });
  look([&](auto& tx) { return has_unseen_gold(tx, kProject, who); });
  look([&](auto& tx) { return gold_tasks(tx, kProject); });
  look([&](auto& tx) {
    return insert_assignment(tx, {.project_id = kProject,
                                  .assignment_id = {9'000'000},
                                  .task_id = full_task(15'000),
                                  .annotator_id = who,
                                  .supplier_id = kSupplier});
  });
  look([&](auto& tx) -> Result<void> {
    MIZAN_TRY(const auto found, lock_assignment(tx, kProject, full_assignment(77)));
    return update_assignment(tx, *found);
  });
  look([&](auto& tx) { return find_assignment_anywhere(tx, full_assignment(77)); });
  for (const int steps : {0, 1}) {  // in its place: the counts alone; and away from it
    look([&](auto& tx) -> Result<void> {
      MIZAN_TRY(auto found, lock_task_state(tx, kProject, full_task(15'000)));
      found->position += steps;
      return update_task_state(tx, *found);
    });
  }
  look([&](auto& tx) { return annotations_of_task(tx, kProject, full_task(70)); });
  look([&](auto& tx) { return find_annotation_anywhere(tx, full_annotation(77)); });
  look([&](auto& tx) -> Result<rules::TaskCounts> {
    MIZAN_TRY(const auto found, find_task_state(tx, kProject, full_task(70)));
    return count_task(tx, *found);
  });
  look([&](auto& tx) {
    return save_draft(tx, {.project_id = kProject, .assignment_id = full_assignment(77), .answers = "{}"});
  });
  look([&](auto& tx) { return find_draft(tx, kProject, full_assignment(77)); });
  look([&](auto& tx) { return find_gold_answer(tx, kProject, full_task(19'950)); });
  look([&](auto& tx) { return value_reviews(tx, kProject, full_task(70), 0.5); });
  look([&](auto& tx) { return put_label(tx, kProject, {full_task(70), "safe", who, kSupplier, 1, {1}}); });
  look([&](auto& tx) { return labels_of_task(tx, {kProject, full_task(70)}); });
  look([&](auto& tx) { return consensus_of_task(tx, {kProject, full_task(70)}); });
  look([&](auto& tx) { return put_consensus(tx, kProject, {.task = full_task(70), .question = "safe"}); });
  look([&](auto& tx) { return delete_empty_consensus(tx, {kProject, full_task(70)}); });
  look([&](auto& tx) { return delete_gold_consensus(tx, {kProject, full_task(70)}); });
  look([&](auto& tx) { return recount_settled_consensus(tx, {kProject, full_task(70)}); });
  look([&](auto& tx) {
    return delete_labels_of_annotation(tx, {kProject, full_task(70)}, full_annotation(208));
  });
}

void Plans::look_at_lists_of_work() {
  const auto who = full_annotator(6);
  look([&](auto& tx) { return live_assignments(tx, kProject, who); });
  look([&](auto& tx) { return ended_assignments(tx, {2'000'000}, 200); });
  look([&](auto& tx) { return live_assignments_of_supplier(tx, kSupplier, {}, 200); });
  look([&](auto& tx) { return live_assignments_everywhere(tx, who, 200); });
  for (const auto annotator : {domain::AnnotatorId{}, who}) {
    for (const auto& suppliers : {std::vector<domain::SupplierId>{}, std::vector{kSupplier}}) {
      const AssignmentFilter assignments{
          .project_id = kProject, .suppliers = suppliers, .annotator_id = annotator, .state = "submitted"};
      look([&](auto& tx) { return list_assignments(tx, assignments, full_assignment(9'000), 100); });
      const AnnotationFilter annotations{
          .project_id = kProject, .suppliers = suppliers, .annotator_id = annotator};
      look([&](auto& tx) { return list_annotations(tx, annotations, full_annotation(9'000), 100); });
    }
  }
  look([&](auto& tx) {
    return assignment_history(tx, {.project_id = kProject, .annotator_id = who}, full_assignment(20'000),
                              100);
  });
  look([&](auto& tx) { return find_task(tx, kProject, full_task(70)); });
  look([&](auto& tx) { return find_task_by_external_id(tx, kProject, "task-70"); });
  look([&](auto& tx) {
    return list_tasks(tx, {.project_id = kProject, .after = full_task(5'000), .limit = 100});
  });
  look([&](auto& tx) {
    return list_tasks(tx, {.project_id = kProject, .after = full_task(5'000), .limit = 100, .batch = kBatch});
  });
  look([&](auto& tx) { return list_gold_answers(tx, kProject, full_task(19'910), 50); });
  look([&](auto& tx) { return find_review(tx, kProject, {3'000'077}); });
  look([&](auto& tx) { return reviews_of_task(tx, kProject, full_task(70)); });
  look([&](auto& tx) { return pending_reviews(tx, {.project_id = kProject, .limit = 50}); });
  look([&](auto& tx) {
    return pending_reviews(tx,
                           {.project_id = kProject, .after_value = 0.2, .after = {3'000'500}, .limit = 50});
  });
  look([&](auto& tx) {
    return list_reviews(tx, {.project_id = kProject, .after = {3'001'000}, .limit = 50});
  });
  look([&](auto& tx) {
    return list_consensus(tx, kProject, {}, {.after_task = full_task(5'000), .limit = 100});
  });
  look([&](auto& tx) {
    return consensus_after(tx, kProject, {.after_task = full_task(5'000), .limit = 100});
  });
  look([&](auto& tx) { return labels_of_tasks(tx, kProject, full_task(5'000), full_task(5'100)); });
}

void Plans::look_at_projects() {
  look([&](auto& tx) { return find_project(tx, kProject); });
  look([&](auto& tx) { return find_project_by_name(tx, "Full"); });
  look([&](auto& tx) { return find_template(tx, kProject, 1); });
  look([&](auto& tx) { return question_classes(tx, kProject); });
  look([&](auto& tx) { return find_supplier(tx, kSupplier); });
  look([&](auto& tx) { return find_project_supplier(tx, kProject, kSupplier); });
  look([&](auto& tx) { return projects_of_supplier(tx, kSupplier); });
  look([&](auto& tx) { return active_suppliers_of_kind(tx, kProject, "crowd"); });
  look([&](auto& tx) { return find_annotator(tx, full_annotator(5)); });
  look([&](auto& tx) { return find_annotator_of_account(tx, full_account(5)); });
  look([&](auto& tx) { return find_contributor(tx, kSupplier, "contributor-4"); });
  look([&](auto& tx) { return annotators_of_supplier(tx, {.supplier_id = kSupplier, .limit = 50}); });
  look([&](auto& tx) { return suspended_holders(tx); });
  look([&](auto& tx) { return suspended_annotators_at_work(tx); });
  const BatchKey batch{.project_id = kProject, .batch_id = kBatch};
  look([&](auto& tx) { return find_batch(tx, batch); });
  look([&](auto& tx) { return find_batch_by_name(tx, kProject, "Batch 3"); });
  look([&](auto& tx) { return unsettled_batches(tx, 100); });
  look([&](auto& tx) { return next_stretch(tx, batch, full_task(9'000), 500); });
  const TaskStretch stretch{.batch = batch, .after = full_task(12'000), .until = full_task(14'000)};
  look([&](auto& tx) { return hold_tasks(tx, stretch); });
  look([&](auto& tx) { return free_tasks(tx, stretch); });
  look([&](auto& tx) { return cancel_unstarted_tasks(tx, stretch); });
  const std::vector<domain::TaskId> some{full_task(12'000), full_task(12'001), full_task(70)};
  look([&](auto& tx) { return put_tasks(tx, batch, some); });
}

void Plans::look_at_access() {
  look([&](auto& tx) { return find_account(tx, full_account(5)); });
  look([&](auto& tx) { return find_account_by_email(tx, "person7@example.org"); });
  look([&](auto& tx) { return find_session(tx, bytes("session7")); });
  look([&](auto& tx) { return sessions_of_account(tx, full_account(5)); });
  look([&](auto& tx) { return find_api_key_by_hash(tx, bytes("key7")); });
  look([&](auto& tx) { return touch_api_key(tx, {600'007}, {5}); });
  look([&](auto& tx) { return api_keys_after(tx, {.account_id = full_account(5)}); });
  look([&](auto& tx) { return api_keys_after(tx, {.after = {601'000}, .limit = 50}); });
  look([&](auto& tx) { return find_invite_by_hash(tx, bytes("invite7")); });
  look([&](auto& tx) { return blank_invites_of_email(tx, "guest7@example.org", {5}); });
  look([&](auto& tx) { return memberships_of_account(tx, full_account(5)); });
  look([&](auto& tx) { return count_owners(tx); });
  look([&](auto& tx) { return lock_owners(tx); });
  look([&](auto& tx) { return members_after(tx, {full_account(1'000), "project", 1, ""}, 50); });
  look([&](auto& tx) {
    return members_at_scope(tx,
                            {.scope = "project", .scope_id = 1, .after = full_account(1'000), .limit = 50});
  });
  look([&](auto& tx) { return projects_reached_by_supplier(tx, kSupplier); });
  look([&](auto& tx) { return read_audit_head(tx); });
  AuditEntryRow entry;
  entry.entry_number = 20'001;
  look([&](auto& tx) { return append_audit_entry(tx, entry); });
  const RequestKey key{.caller = "caller", .idempotency_key = "key7"};
  look([&](auto& tx) { return begin_request(tx, key, bytes("hash"), {9}, {5}); });
}

void Plans::look_at_upkeep() {
  look([&](auto& tx) { return list_audit_entries(tx, 3'000, {}, 50); });
  look([&](auto& tx) { return delete_expired_sessions(tx, {1'000'010}); });
  look([&](auto& tx) { return open_invites_after(tx, {701'000}, 50); });
  look([&](auto& tx) { return purge_requests(tx, {100}, 50); });
}

void Plans::look_at_events() {
  look([&](auto& tx) { return events_after(tx, kProject, 12'000, 100); });
  look([&](auto& tx) { return find_event(tx, kProject, 12'000); });
  look([&](auto& tx) { return newest_sequence(tx, kProject); });
  look([&](auto& tx) { return oldest_sequence(tx, kProject); });
  look([&](auto& tx) { return delete_events_before(tx, kProject, {50}, 200); });
  look([&](auto& tx) -> Result<std::int64_t> {
    for (int i = 0; i < 50; ++i)
      MIZAN_CHECK_OK(
          append_outbox(tx, {.project_id = kProject, .kind = "task.done", .body = "{}", .at = {1}}));
    return publish_outbox(tx, 100);
  });
  if (GetParam() == Dialect::postgres) look([&](auto& tx) { return outbox_waits(tx); });
  const domain::WebhookId webhook{800'001};
  look([&](auto& tx) { return find_webhook(tx, webhook); });
  look([&](auto& tx) { return webhooks_of_project(tx, kProject); });
  look([&](auto& tx) { return dead_letters_after(tx, webhook, 2'000, 50); });
  look([&](auto& tx) { return letter_to_replay(tx, webhook); });
  look([&](auto& tx) { return ask_replay(tx, webhook, 77); });
  look([&](auto& tx) { return webhook_deliveries_before(tx, webhook, domain::DeliveryId{10'000}, 50); });
  look([&](auto& tx) { return find_webhook_delivery(tx, webhook, domain::DeliveryId{10'000}); });
}

TEST_P(Plans, a_hot_statement_looks_at_few_rows_before_statistics_are_gathered) {
  look_at_all();
}

TEST_P(Plans, and_after) {
  // SQLite's statistics are those of the migration.
  if (GetParam() == Dialect::postgres) watch_->run_script("ANALYZE");
  look_at_all();
}

}  // namespace
}  // namespace mizan::store
