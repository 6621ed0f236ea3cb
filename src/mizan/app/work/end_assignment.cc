#include "mizan/app/work/end_assignment.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "mizan/app/work/find_assignment.h"
#include "mizan/app/work/task_flow.h"
#include "mizan/app/work/work_cache.h"

namespace mizan::app {
namespace {

constexpr Duration kLongestLease = seconds(24 * 3600);

using End = std::function<Result<rules::Assignment>(const rules::Assignment&)>;

// Leaves `live` by one of the rules and frees the task's place. The row is locked.
Result<store::AssignmentRow> end(store::Transaction& tx, Service& service, store::AssignmentRow row,
                                 const End& rule) {
  MIZAN_TRY(row.terms, rule(row.terms));
  MIZAN_TRY(const auto project, project_facts(tx, service, row.project_id));
  MIZAN_TRY(auto task, store::lock_task_state(tx, row.project_id, row.task_id));
  MIZAN_CHECK_OK(store::update_assignment(tx, row));
  if (task && !row.is_gold)  // a gold task's counts leave out those whom it measures
    MIZAN_CHECK_OK(free_place(tx, service, {.task = *task, .project = *project, .now = service.now()}));
  return row;
}

struct OwnEnd {
  rules::Action action;
  domain::AssignmentId assignment;
  std::string reason{};
  End rule;
};

Result<store::AssignmentRow> end_own(Service& service, const Caller& caller, const OwnEnd& wanted) {
  auto ended = service.database().write([&](store::Transaction& tx) -> Result<store::AssignmentRow> {
    MIZAN_TRY(auto row, lock_own_assignment(tx, service, caller, {wanted.action, wanted.assignment}));
    row.reason = wanted.reason;
    return end(tx, service, std::move(row), wanted.rule);
  });
  if (ended) service.shared<WorkCache>().forget_assignment(wanted.assignment);
  return ended;
}

Result<std::int64_t> end_each(store::Transaction& tx, Service& service,
                              std::vector<store::AssignmentRow> rows, const std::string& reason,
                              const End& rule) {
  // Every transaction takes its tasks in one order, so that two of them cannot wait for each other.
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::pair(a.task_id, a.assignment_id) < std::pair(b.task_id, b.assignment_id);
  });
  std::int64_t count = 0;
  for (const store::AssignmentRow& seen : rows) {
    MIZAN_TRY(auto row, store::lock_assignment(tx, seen.project_id, seen.assignment_id));
    if (!row || row->terms.state != rules::AssignmentState::live) continue;
    if (!rule(row->terms)) continue;  // a heartbeat came in between
    row->reason = reason;
    MIZAN_TRY(const auto ended, end(tx, service, *std::move(row), rule));
    service.shared<WorkCache>().forget_assignment(ended.assignment_id);
    ++count;
  }
  return count;
}

}  // namespace

Result<store::AssignmentRow> skip_assignment(Service& service, const Caller& caller,
                                             const SkipAssignment& command) {
  if (command.reason.empty())
    return fail(ErrorCode::invalid_argument, "a task is skipped for a reason", "/reason");
  const Instant now = service.now();
  return end_own(service, caller,
                 {.action = rules::Action::skip_assignment,
                  .assignment = command.assignment,
                  .reason = command.reason,
                  .rule = [now](const auto& terms) { return rules::skip(terms, now); }});
}

Result<store::AssignmentRow> release_assignment(Service& service, const Caller& caller,
                                                domain::AssignmentId assignment) {
  const Instant now = service.now();
  return end_own(service, caller,
                 {.action = rules::Action::release_assignment,
                  .assignment = assignment,
                  .rule = [now](const auto& terms) { return rules::release(terms, now); }});
}

Result<store::AssignmentRow> revoke_assignment(Service& service, const Caller& caller,
                                               const RevokeAssignment& command) {
  const Instant now = service.now();
  return end_own(service, caller,
                 {.action = rules::Action::revoke_assignment,
                  .assignment = command.assignment,
                  .reason = command.reason,
                  .rule = [now](const auto& terms) { return rules::revoke(terms, now); }});
}

Result<store::AssignmentRow> heartbeat_assignment(Service& service, const Caller& caller,
                                                  domain::AssignmentId assignment) {
  return service.database().write([&](store::Transaction& tx) -> Result<store::AssignmentRow> {
    MIZAN_TRY(auto row,
              lock_own_assignment(tx, service, caller, {rules::Action::heartbeat_assignment, assignment}));
    MIZAN_TRY(const auto project, project_facts(tx, service, row.project_id));
    const Duration ttl = seconds(project->settings.lease_seconds);
    MIZAN_TRY(row.terms, rules::heartbeat(row.terms, service.now(),
                                          {.ttl = ttl, .longest = std::max(ttl, kLongestLease)}));
    MIZAN_CHECK_OK(store::update_assignment(tx, row));
    return row;
  });
}

Result<std::int64_t> expire_assignments(Service& service, std::int64_t limit) {
  const Instant now = service.now();
  // Looking costs the writer nothing when there is nothing to do.
  MIZAN_TRY(const auto ended, service.database().read([&](store::Transaction& tx) {
    return store::ended_assignments(tx, now, limit);
  }));
  if (ended.empty()) return 0;
  return service.database().write([&](store::Transaction& tx) {
    return end_each(tx, service, ended, {}, [now](const auto& terms) { return rules::expire(terms, now); });
  });
}

Chore expiry_chore(Service& service) {
  constexpr std::int64_t kTogether = 200;
  return {.name = "expire_assignments", .run_once = [&service]() -> Result<Step> {
            MIZAN_TRY(const auto count, expire_assignments(service, kTogether));
            return count < kTogether ? Step::done : Step::more;
          }};
}

Result<std::int64_t> revoke_assignments(store::Transaction& tx, Service& service, const RevokeMany& which) {
  const Instant now = service.now();
  MIZAN_TRY(auto rows,
            which.supplier.value != 0
                ? store::live_assignments_of_supplier(tx, which.supplier, which.project, which.limit)
                : store::live_assignments_everywhere(tx, which.annotator, which.limit));
  return end_each(tx, service, std::move(rows), which.reason,
                  [now](const auto& terms) { return rules::revoke(terms, now); });
}

}  // namespace mizan::app
