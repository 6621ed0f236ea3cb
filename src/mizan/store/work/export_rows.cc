#include "mizan/store/work/export_rows.h"

#include "mizan/store/sql/dialect.h"

namespace mizan::store {

Result<domain::AnnotationId> newest_annotation(Transaction& tx, domain::ProjectId project) {
  MIZAN_TRY(const auto found,
            tx.maybe_row(
                kNewestAnnotation, [](const Row& row) { return row.id<domain::AnnotationId>(0); }, project));
  return found.value_or(domain::AnnotationId{});
}

Result<std::vector<ExportedAnnotation>> annotations_to_export(Transaction& tx, const ExportedSet& set,
                                                              domain::AnnotationId after,
                                                              std::int64_t limit) {
  const auto read = [&](const Row& row) {
    return ExportedAnnotation{.annotation = {.project_id = set.project_id,
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
                              .leased_at = row.maybe_instant(16),
                              .is_newest = row.boolean(17)};
  };
  return tx.rows(kAnnotationsToExport, read, set.project_id, after, set.last, integer_list(set.suppliers),
                 set.newest_only ? 1 : 0, limit);
}

}  // namespace mizan::store
