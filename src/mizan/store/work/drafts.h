// Drafts: answers that an annotator has saved and not submitted, one an assignment.
#pragma once

#include <optional>
#include <string>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct DraftRow {
  domain::ProjectId project_id;
  domain::AssignmentId assignment_id;
  std::string answers{};
  Instant saved_at{};
};

/// Replaces the assignment's draft.
[[nodiscard]] Result<void> save_draft(Transaction& tx, const DraftRow& draft);
[[nodiscard]] Result<std::optional<DraftRow>> find_draft(Transaction& tx, domain::ProjectId project,
                                                         domain::AssignmentId assignment);
[[nodiscard]] Result<void> delete_draft(Transaction& tx, domain::ProjectId project,
                                        domain::AssignmentId assignment);

}  // namespace mizan::store
