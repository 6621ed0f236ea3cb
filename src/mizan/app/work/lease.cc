#include "mizan/app/work/lease.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/work/eligibility.h"
#include "mizan/app/work/gold_mix.h"
#include "mizan/app/work/queue_walk.h"
#include "mizan/domain/text_list.h"
#include "mizan/store/work/task_queue.h"

namespace mizan::app {
namespace {

constexpr Duration kLongestLease = seconds(24 * 3600);
constexpr int kGoldTries = 3;

struct Lease {
  store::Transaction& tx;
  Service& service;
  const LeaseWants& wants;
  const store::StandingRow& standing;
  const ProjectFacts& project;
};

GivenAssignment give(const Lease& lease, store::AssignmentRow row, std::string payload) {
  return {
      .row = std::move(row), .payload = std::move(payload), .granted_fields = lease.standing.granted_fields};
}

// A gold task in place of the one that was found. It may have stopped being gold, or have been this
// annotator's before it became gold: then another one is drawn.
Result<std::optional<store::TaskStateRow>> draw_gold(const Lease& lease, Rng& rng) {
  const auto none = std::optional<store::TaskStateRow>();
  MIZAN_TRY(const GoldTasks gold,
            lease.service.shared<WorkCache>().gold_tasks(lease.tx, lease.wants.project, lease.wants.now));
  if (gold->empty()) return none;
  MIZAN_TRY(auto seen, store::gold_tasks_seen(lease.tx, lease.wants.project, lease.wants.annotator));
  for (int tries = 0; tries < kGoldTries; ++tries) {
    const auto task = pick_gold(*gold, seen, rng);
    if (!task) return none;
    MIZAN_TRY(auto state, store::find_task_state(lease.tx, lease.wants.project, *task));
    MIZAN_TRY(const bool was_had,
              store::had_task(lease.tx, lease.wants.project, *task, lease.wants.annotator));
    if (state && state->state == rules::TaskState::gold && !was_had) return state;
    seen.push_back(*task);
  }
  return none;
}

// The task to give out: the queue's, or a gold one in its place. Where all is training, gold alone will do.
Result<WalkOutcome> choose(const Lease& lease) {
  Rng rng = lease.wants.rng;
  const domain::GoldSettings& gold = lease.project.settings.gold;
  MIZAN_TRY(WalkOutcome walked, find_next_task(lease.tx, {.project = lease.wants.project,
                                                          .annotator = lease.wants.annotator,
                                                          .standing = lease.standing,
                                                          .now = lease.wants.now}));
  const bool is_due = rng.uniform() < gold_rate(gold, lease.standing.submitted_count);
  if (!(walked.found && is_due) && !(!walked.found && gold.training)) return walked;
  MIZAN_TRY(auto drawn, draw_gold(lease, rng));
  if (drawn) walked = {.found = drawn};
  return walked;
}

Result<LeaseOutcome> hand_over(const Lease& lease, WalkOutcome chosen) {
  store::TaskStateRow& task = *chosen.found;
  MIZAN_TRY(
      const auto terms,
      rules::lease(lease.wants.now,
                   {.ttl = seconds(lease.project.settings.lease_seconds),
                    .longest = std::max(kLongestLease, seconds(lease.project.settings.lease_seconds))}));
  const bool is_gold = task.state == rules::TaskState::gold;
  store::AssignmentRow row{.project_id = task.project_id,
                           .assignment_id = lease.service.ids().make<domain::AssignmentId>(),
                           .task_id = task.task_id,
                           .annotator_id = lease.wants.annotator,
                           .supplier_id = lease.standing.supplier_id,
                           .terms = terms,
                           .template_version = lease.standing.template_version,
                           .is_gold = is_gold};
  MIZAN_TRY(const bool is_new, store::insert_assignment(lease.tx, row));
  if (!is_new) return LeaseOutcome{.looks_again = true};
  if (!is_gold) {  // a gold task has no end of places, and its counts would be one hot row
    ++task.counts.live_count;
    task.state = rules::undecided_state(task.counts);
    MIZAN_CHECK_OK(store::update_task_state(lease.tx, task));
  }
  if (!chosen.payload) {
    MIZAN_TRY(chosen.payload, store::find_payload(lease.tx, row.project_id, row.task_id));
  }
  return LeaseOutcome{.given = give(lease, std::move(row), *std::move(chosen.payload))};
}

Result<LeaseOutcome> resume(const Lease& lease) {
  if (!lease.wants.resumes) return LeaseOutcome{};
  MIZAN_TRY(auto live, store::live_assignments(lease.tx, lease.wants.project, lease.wants.annotator));
  if (live.empty()) return LeaseOutcome{};
  store::AssignmentRow& oldest = live.front();
  MIZAN_TRY(std::string payload, store::find_payload(lease.tx, oldest.project_id, oldest.task_id));
  LeaseOutcome outcome{.given = give(lease, std::move(oldest), std::move(payload))};
  outcome.given->is_resumed = true;
  return outcome;
}

}  // namespace

Result<LeaseOutcome> lease_next(store::Transaction& tx, Service& service, const LeaseWants& wants) {
  MIZAN_CHECK_OK(store::hold_progress(tx, wants.project, wants.annotator));
  MIZAN_TRY(const auto standing, store::find_standing(tx, wants.project, wants.annotator));
  if (!standing) return fail(ErrorCode::not_found, "there is no such annotator or project");
  MIZAN_TRY(auto outcome, lease_uncounted(tx, service, wants, *standing));
  if (leased_count(outcome) == 0) return outcome;
  MIZAN_CHECK_OK(
      store::add_progress(tx, {.project_id = wants.project, .annotator_id = wants.annotator, .leased = 1}));
  return outcome;
}

std::int64_t leased_count(const LeaseOutcome& outcome) {
  return outcome.given && !outcome.given->is_resumed ? 1 : 0;
}

Result<LeaseOutcome> lease_uncounted(store::Transaction& tx, Service& service, const LeaseWants& wants,
                                     const store::StandingRow& standing) {
  MIZAN_TRY(const auto project,
            service.shared<WorkCache>().project(tx, wants.project, standing.project_version));
  MIZAN_CHECK_OK(check_eligible(tx, standing, project->settings, wants.annotator));
  const Lease lease{.tx = tx, .service = service, .wants = wants, .standing = standing, .project = *project};
  if (standing.live_count >= wants.live_limit.value_or(project->settings.live_assignments))
    return resume(lease);
  MIZAN_TRY(WalkOutcome chosen, choose(lease));
  if (!chosen.found) return LeaseOutcome{.looks_again = chosen.looks_again};
  return hand_over(lease, std::move(chosen));
}

std::string granted_payload(const GivenAssignment& given) {
  if (!given.granted_fields) return given.payload;
  const boost::json::object whole = boost::json::parse(given.payload).as_object();
  boost::json::object granted;
  for (const std::string& field : domain::text_list(*given.granted_fields))
    if (const auto* value = whole.if_contains(field)) granted[field] = *value;
  return boost::json::serialize(granted);
}

}  // namespace mizan::app
