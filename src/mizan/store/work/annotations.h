// Annotations: what annotators answered. Immutable: a revision is a new row that names the one it revises.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct AnnotationRow {
  domain::ProjectId project_id;
  domain::AnnotationId annotation_id;
  domain::TaskId task_id;
  std::optional<domain::AssignmentId> assignment_id{};  ///< none: it was made elsewhere
  domain::AnnotatorId annotator_id;
  domain::SupplierId supplier_id;
  std::int64_t template_version = 0;
  std::string answers{};  ///< domain::to_json of the answers
  std::optional<std::int64_t> duration_us{};
  Instant submitted_at{};
  std::optional<domain::AnnotationId> revises{};
  std::optional<std::int64_t> price_micros{};
  std::string currency{};
};

[[nodiscard]] Result<void> insert_annotation(Transaction& tx, const AnnotationRow& annotation);
[[nodiscard]] Result<std::optional<AnnotationRow>> find_annotation(Transaction& tx, domain::ProjectId project,
                                                                   domain::AnnotationId annotation);
/// When only its own id is known.
/// @cost O(projects)
[[nodiscard]] Result<std::optional<AnnotationRow>> find_annotation_anywhere(Transaction& tx,
                                                                            domain::AnnotationId annotation);
/// Every annotation of a task, revised ones too, oldest first.
[[nodiscard]] Result<std::vector<AnnotationRow>> annotations_of_task(Transaction& tx,
                                                                     domain::ProjectId project,
                                                                     domain::TaskId task);

/// Whose annotations a list shows; none = every.
struct AnnotationFilter {
  domain::ProjectId project_id;
  std::vector<domain::SupplierId> suppliers{};
  domain::AnnotatorId annotator_id{};
};
/// By id, later than `after`.
[[nodiscard]] Result<std::vector<AnnotationRow>> list_annotations(Transaction& tx,
                                                                  const AnnotationFilter& filter,
                                                                  domain::AnnotationId after,
                                                                  std::int64_t limit);

}  // namespace mizan::store
