// Assignments: which annotator has, or had, which task.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/assignment.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct AssignmentRow {
  domain::ProjectId project_id;
  domain::AssignmentId assignment_id;
  domain::TaskId task_id;
  domain::AnnotatorId annotator_id;
  domain::SupplierId supplier_id;
  rules::Assignment terms{};
  std::int64_t template_version = 0;
  std::string reason{};                                 ///< why it was skipped or revoked
  std::optional<domain::AnnotationId> annotation_id{};  ///< the newest annotation that it gave
  bool is_gold = false;
};

/// @out false: this annotator had the task before, nothing was done
[[nodiscard]] Result<bool> insert_assignment(Transaction& tx, const AssignmentRow& assignment);
/// Writes state, end, reason and annotation of a row that this transaction has locked.
[[nodiscard]] Result<void> update_assignment(Transaction& tx, const AssignmentRow& assignment);

[[nodiscard]] Result<std::optional<AssignmentRow>> find_assignment(Transaction& tx, domain::ProjectId project,
                                                                   domain::AssignmentId assignment);
/// As find_assignment; nobody else changes the row until the transaction ends.
[[nodiscard]] Result<std::optional<AssignmentRow>> lock_assignment(Transaction& tx, domain::ProjectId project,
                                                                   domain::AssignmentId assignment);
/// Whose assignment it is, when only its own id is known.
/// @cost O(projects)
[[nodiscard]] Result<std::optional<AssignmentRow>> find_assignment_anywhere(Transaction& tx,
                                                                            domain::AssignmentId assignment);

/// The annotator's live assignments of a project, oldest first.
[[nodiscard]] Result<std::vector<AssignmentRow>> live_assignments(Transaction& tx, domain::ProjectId project,
                                                                  domain::AnnotatorId annotator);
[[nodiscard]] Result<std::int64_t> live_assignment_count(Transaction& tx, domain::ProjectId project,
                                                         domain::AnnotatorId annotator);

/// Live assignments whose end has come, the longest ended first.
[[nodiscard]] Result<std::vector<AssignmentRow>> ended_assignments(Transaction& tx, Instant now,
                                                                   std::int64_t limit);
/// Live assignments of a supplier, in every project or in one (none = every).
/// @cost O(live assignments)
[[nodiscard]] Result<std::vector<AssignmentRow>> live_assignments_of_supplier(Transaction& tx,
                                                                              domain::SupplierId supplier,
                                                                              domain::ProjectId project,
                                                                              std::int64_t limit);
/// Live assignments of an annotator, in every project.
/// @cost O(live assignments)
[[nodiscard]] Result<std::vector<AssignmentRow>> live_assignments_everywhere(Transaction& tx,
                                                                             domain::AnnotatorId annotator,
                                                                             std::int64_t limit);

/// Whose assignments a list shows.
struct AssignmentFilter {
  domain::ProjectId project_id;
  std::vector<domain::SupplierId> suppliers{};  ///< empty = every
  domain::AnnotatorId annotator_id{};           ///< none = every
  std::string_view state{};                     ///< empty = every
};
/// By id, later than `after`. With an annotator: in the order in which they were answered, those without an
/// answer where they were given.
[[nodiscard]] Result<std::vector<AssignmentRow>> list_assignments(Transaction& tx,
                                                                  const AssignmentFilter& filter,
                                                                  domain::AssignmentId after,
                                                                  std::int64_t limit);
/// The annotator's history: the same order backwards, before `before` (none = from the newest).
[[nodiscard]] Result<std::vector<AssignmentRow>> assignment_history(Transaction& tx,
                                                                    const AssignmentFilter& filter,
                                                                    domain::AssignmentId before,
                                                                    std::int64_t limit);

/// The gold tasks that this annotator was given.
[[nodiscard]] Result<std::vector<domain::TaskId>> gold_tasks_seen(Transaction& tx, domain::ProjectId project,
                                                                  domain::AnnotatorId annotator);
/// Whether the annotator was ever given the task.
[[nodiscard]] Result<bool> had_task(Transaction& tx, domain::ProjectId project, domain::TaskId task,
                                    domain::AnnotatorId annotator);

}  // namespace mizan::store
