#include "mizan/app/work/find_assignment.h"

#include <optional>

#include "mizan/app/work/whom.h"
#include "mizan/app/work/work_cache.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> no_such_assignment() {
  return fail(ErrorCode::not_found, "there is no such assignment");
}

// What the caller may do depends on where the assignment is: its supplier's part of its project.
Result<void> check_own(const Caller& caller, rules::Action action, const store::AssignmentRow& row) {
  MIZAN_TRY(const auto anywhere, authorize(caller, action, rules::at(row.project_id)));
  const rules::Scope place{.project = row.project_id, .supplier = row.supplier_id};
  const rules::Grant grant = grant_at(caller, action, place);
  if (!anywhere || !may_touch(caller, grant, row.supplier_id, row.annotator_id)) return no_such_assignment();
  return {};
}

}  // namespace

Result<store::AssignmentRow> find_own_assignment(store::Transaction& tx, Service& service,
                                                 const Caller& caller, const OwnAssignment& which) {
  const auto hint = service.shared<WorkCache>().hint(which.assignment);
  MIZAN_TRY(const auto row, hint ? store::find_assignment(tx, hint->project, which.assignment)
                                 : store::find_assignment_anywhere(tx, which.assignment));
  if (!row) return no_such_assignment();
  MIZAN_CHECK_OK(check_own(caller, which.action, *row));
  return *row;
}

Result<store::AssignmentRow> lock_own_assignment(store::Transaction& tx, Service& service,
                                                 const Caller& caller, const OwnAssignment& which) {
  const auto hint = service.shared<WorkCache>().hint(which.assignment);
  std::optional<domain::ProjectId> project;
  if (hint) project = hint->project;
  if (!project) {
    MIZAN_TRY(const auto seen, store::find_assignment_anywhere(tx, which.assignment));
    if (!seen) return no_such_assignment();
    project = seen->project_id;
  }
  MIZAN_TRY(const auto row, store::lock_assignment(tx, *project, which.assignment));
  if (!row) return no_such_assignment();
  MIZAN_CHECK_OK(check_own(caller, which.action, *row));
  return *row;
}

}  // namespace mizan::app
