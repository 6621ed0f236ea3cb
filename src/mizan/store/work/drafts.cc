#include "mizan/store/work/drafts.h"

namespace mizan::store {
namespace {

constexpr Query kSaveDraft{"save_draft",
                           "INSERT INTO drafts (project_id, assignment_id, answers, saved_at_us) "
                           "VALUES ($1, $2, $3, $4) ON CONFLICT (project_id, assignment_id) "
                           "DO UPDATE SET answers = excluded.answers, saved_at_us = excluded.saved_at_us"};
constexpr Query kFindDraft{"find_draft",
                           "SELECT answers, saved_at_us FROM drafts "
                           "WHERE project_id = $1 AND assignment_id = $2"};
constexpr Query kDeleteDraft{"delete_draft",
                             "DELETE FROM drafts WHERE project_id = $1 AND assignment_id = $2"};

}  // namespace

Result<void> save_draft(Transaction& tx, const DraftRow& draft) {
  return tx.queue(kSaveDraft, draft.project_id, draft.assignment_id, draft.answers, draft.saved_at);
}

Result<std::optional<DraftRow>> find_draft(Transaction& tx, domain::ProjectId project,
                                           domain::AssignmentId assignment) {
  return tx.maybe_row(
      kFindDraft,
      [&](const Row& row) {
        return DraftRow{.project_id = project,
                        .assignment_id = assignment,
                        .answers = row.string(0),
                        .saved_at = row.instant(1)};
      },
      project, assignment);
}

Result<void> delete_draft(Transaction& tx, domain::ProjectId project, domain::AssignmentId assignment) {
  return tx.queue(kDeleteDraft, project, assignment);
}

}  // namespace mizan::store
