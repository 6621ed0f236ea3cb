#include "mizan/app/projects/revoke.h"

#include <string>

#include "mizan/store/work/assignments.h"
#include "mizan/store/work/task_states.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kAtOnce = 200;  // assignments in one transaction

Result<std::vector<store::AssignmentRow>> live_ones(store::Transaction& tx, const Revocation& whose) {
  if (whose.annotator_id) return store::live_assignments_everywhere(tx, *whose.annotator_id, kAtOnce);
  return store::live_assignments_of_supplier(tx, whose.supplier_id.value_or(domain::SupplierId{}),
                                             whose.project_id, kAtOnce);
}

// The task's place is free again; who is next may have it.
Result<void> free_place(store::Transaction& tx, Service& service, const store::AssignmentRow& row) {
  MIZAN_TRY(auto task, store::lock_task_state(tx, row.project_id, row.task_id));
  if (!task || task->state == rules::TaskState::gold) return {};
  --task->counts.live_count;
  if (task->state != rules::TaskState::full) return store::update_task_state(tx, *task);
  return store::put_back(tx, *task, service.ids().make<domain::AssignmentId>().value);
}

Result<std::int64_t> revoke_some(store::Transaction& tx, Service& service, const Revocation& whose) {
  MIZAN_TRY(const auto rows, live_ones(tx, whose));
  for (const store::AssignmentRow& seen : rows) {
    MIZAN_TRY(auto row, store::lock_assignment(tx, seen.project_id, seen.assignment_id));
    if (!row || row->terms.state != rules::AssignmentState::live) continue;
    MIZAN_TRY(row->terms, rules::revoke(row->terms, service.now()));
    row->reason = whose.reason;
    MIZAN_CHECK_OK(store::update_assignment(tx, *row));
    MIZAN_CHECK_OK(free_place(tx, service, *row));
  }
  return std::ssize(rows);
}

}  // namespace

Result<std::int64_t> revoke_live_assignments(Service& service, const Revocation& whose) {
  std::int64_t count = 0;
  while (true) {
    MIZAN_TRY(const auto revoked, service.database().write([&](store::Transaction& tx) {
      return revoke_some(tx, service, whose);
    }));
    count += revoked;
    if (revoked == 0) return count;
  }
}

}  // namespace mizan::app
