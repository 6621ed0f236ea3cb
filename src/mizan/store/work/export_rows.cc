#include "mizan/store/work/export_rows.h"

#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

constexpr Query kAnnotationsToExport{
    "annotations_to_export",
    "SELECT n.annotation_id, n.task_id, n.assignment_id, n.annotator_id, n.supplier_id, n.template_version, "
    "n.answers, n.duration_us, n.submitted_at_us, n.revises, n.price_micros, n.currency, t.external_id, "
    "s.name, "
    "COALESCE((SELECT r.state FROM reviews r WHERE r.project_id = n.project_id AND r.task_id = n.task_id "
    "AND r.annotation_id = n.annotation_id ORDER BY r.review_id DESC LIMIT 1), ''), g.answers, "
    "CASE WHEN a.annotation_id IS NULL OR a.annotation_id = n.annotation_id THEN 1 ELSE 0 END "
    "FROM annotations n JOIN tasks t ON t.project_id = n.project_id AND t.task_id = n.task_id "
    "JOIN suppliers s ON s.supplier_id = n.supplier_id "
    "LEFT JOIN gold_answers g ON g.project_id = n.project_id AND g.task_id = n.task_id "
    "LEFT JOIN assignments a ON a.project_id = n.project_id AND a.assignment_id = n.assignment_id "
    "WHERE n.project_id = $1 AND n.annotation_id > $2 AND ($4 = '[]' OR n.supplier_id IN @integers($4)) "
    "AND ($5 = 1 OR a.annotation_id IS NULL OR a.annotation_id = n.annotation_id) "
    "ORDER BY n.annotation_id LIMIT $3"};

}  // namespace

Result<std::vector<ExportedAnnotation>> annotations_to_export(Transaction& tx, const ExportStretch& stretch) {
  const auto read = [&](const Row& row) {
    return ExportedAnnotation{.annotation = {.project_id = stretch.project_id,
                                             .annotation_id = row.id<domain::AnnotationId>(0),
                                             .task_id = row.id<domain::TaskId>(1),
                                             .assignment_id = row.maybe_id<domain::AssignmentId>(2),
                                             .annotator_id = row.id<domain::AnnotatorId>(3),
                                             .supplier_id = row.id<domain::SupplierId>(4),
                                             .template_version = row.integer(5),
                                             .answers = row.string(6),
                                             .duration_us = row.maybe_integer(7),
                                             .submitted_at = row.instant(8),
                                             .revises = row.maybe_id<domain::AnnotationId>(9),
                                             .price_micros = row.maybe_integer(10),
                                             .currency = row.string(11)},
                              .external_id = row.string(12),
                              .supplier_name = row.string(13),
                              .review_state = row.string(14),
                              .gold = row.maybe_text(15),
                              .is_newest = row.boolean(16)};
  };
  return tx.rows(kAnnotationsToExport, read, stretch.project_id, stretch.after, stretch.limit,
                 integer_list(stretch.suppliers), stretch.with_revised ? 1 : 0);
}

}  // namespace mizan::store
