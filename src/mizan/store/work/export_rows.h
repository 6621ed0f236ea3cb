// Annotations as an export shows them: each with its task, supplier, gold and newest review. Read in
// stretches by id, each a short snapshot of its own, so that a long export holds up nobody's checkpoints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotations.h"

namespace mizan::store {

/// Which annotations an export shows. They are immutable, so those up to `last` are the same however long the
/// export takes: what was submitted later is no part of it, nor are revisions that came later.
struct ExportedSet {
  domain::ProjectId project_id;
  domain::AnnotationId last{};                  ///< newest_annotation when the export began
  bool newest_only = false;                     ///< without those that were revised
  std::vector<domain::SupplierId> suppliers{};  ///< empty = every
};
/// The annotation with the highest id; 0 = there is none.
[[nodiscard]] Result<domain::AnnotationId> newest_annotation(Transaction& tx, domain::ProjectId project);

struct ExportedAnnotation {
  AnnotationRow annotation{};
  std::string external_id{};
  std::string supplier_name{};
  std::string review_state{};          ///< of the newest review; empty = none
  std::optional<std::string> gold{};   ///< the right answers of the task, if it is gold
  std::optional<Instant> leased_at{};  ///< nothing: made elsewhere
  bool is_newest = true;               ///< no revision of it was submitted
};
/// By id, later than `after`; fewer than `limit` rows = the end.
[[nodiscard]] Result<std::vector<ExportedAnnotation>> annotations_to_export(Transaction& tx,
                                                                            const ExportedSet& set,
                                                                            domain::AnnotationId after,
                                                                            std::int64_t limit);

inline constexpr Query kNewestAnnotation{
    "newest_annotation",
    "SELECT annotation_id FROM annotations WHERE project_id = $1 ORDER BY annotation_id DESC LIMIT 1"};
inline constexpr Query kAnnotationsToExport{
    "annotations_to_export",
    "SELECT n.annotation_id, n.task_id, n.assignment_id, n.annotator_id, n.supplier_id, n.template_version, "
    "n.answers, n.duration_us, n.submitted_at_us, n.revises, n.price_micros, n.currency, t.external_id, "
    "s.name, COALESCE((SELECT r.state FROM reviews r WHERE r.project_id = n.project_id "
    "AND r.task_id = n.task_id AND r.annotation_id = n.annotation_id ORDER BY r.review_id DESC LIMIT 1), "
    "''), "
    "g.answers, a.leased_at_us, CASE WHEN m.annotation_id IS NULL THEN 1 ELSE 0 END "
    "FROM annotations n JOIN tasks t ON t.project_id = n.project_id AND t.task_id = n.task_id "
    "JOIN suppliers s ON s.supplier_id = n.supplier_id "
    "LEFT JOIN gold_answers g ON g.project_id = n.project_id AND g.task_id = n.task_id "
    "LEFT JOIN assignments a ON a.project_id = n.project_id AND a.assignment_id = n.assignment_id "
    "LEFT JOIN annotations m ON m.project_id = n.project_id AND m.revises = n.annotation_id "
    "AND m.annotation_id <= $3 "
    "WHERE n.project_id = $1 AND n.annotation_id > $2 AND n.annotation_id <= $3 "
    "AND ($4 = '[]' OR n.supplier_id IN @integers($4)) AND ($5 = 0 OR m.annotation_id IS NULL) "
    "ORDER BY n.annotation_id LIMIT $6"};

}  // namespace mizan::store
