#include "mizan/app/work/drafts.h"

#include "mizan/app/work/find_assignment.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/domain/template/answers.h"

namespace mizan::app {

Result<store::DraftRow> save_draft(Service& service, const Caller& caller, const SaveDraft& command) {
  return service.database().write([&](store::Transaction& tx) -> Result<store::DraftRow> {
    MIZAN_TRY(const auto row,
              lock_own_assignment(tx, service, caller, {rules::Action::save_draft, command.assignment}));
    if (row.terms.state == rules::AssignmentState::submitted)
      return fail(ErrorCode::assignment_not_live, "the assignment was submitted already", {},
                  "revise the annotation instead");
    MIZAN_TRY(const auto facts,
              service.shared<WorkCache>().task_template(tx, row.project_id, row.template_version));
    MIZAN_TRY(const auto answers, domain::parse_draft_answers(facts->parsed, command.answers));
    store::DraftRow draft{.project_id = row.project_id,
                          .assignment_id = row.assignment_id,
                          .answers = domain::to_json(facts->parsed, answers),
                          .saved_at = service.now()};
    MIZAN_CHECK_OK(store::save_draft(tx, draft));
    return draft;
  });
}

Result<std::optional<store::DraftRow>> read_draft(Service& service, const Caller& caller,
                                                  domain::AssignmentId assignment) {
  return service.database().read([&](store::Transaction& tx) -> Result<std::optional<store::DraftRow>> {
    MIZAN_TRY(const auto row,
              find_own_assignment(tx, service, caller, {rules::Action::read_draft, assignment}));
    return store::find_draft(tx, row.project_id, row.assignment_id);
  });
}

}  // namespace mizan::app
