#include "mizan/store/work/annotations.h"

#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

#define MIZAN_ANNOTATION_COLUMNS                                                                 \
  "a.project_id, a.annotation_id, a.task_id, a.assignment_id, a.annotator_id, a.supplier_id, "   \
  "a.template_version, a.answers, a.duration_us, a.submitted_at_us, a.revises, a.price_micros, " \
  "a.currency "

constexpr Query kInsertAnnotation{
    "insert_annotation",
    "INSERT INTO annotations (project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, "
    "template_version, answers, duration_us, submitted_at_us, revises, price_micros, currency) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
constexpr Query kFindAnnotation{"find_annotation",
                                "SELECT " MIZAN_ANNOTATION_COLUMNS
                                "FROM annotations a WHERE a.project_id = $1 AND a.annotation_id = $2"};
constexpr Query kFindAnnotationAnywhere{"find_annotation_anywhere",
                                        "SELECT " MIZAN_ANNOTATION_COLUMNS
                                        "FROM annotations a WHERE a.annotation_id = $1 AND a.project_id\n"
                                        "@sqlite IN (SELECT project_id FROM projects)\n"
                                        "@postgres = ANY(ARRAY(SELECT project_id FROM projects))\n"};
constexpr Query kAnnotationsOfTask{"annotations_of_task",
                                   "SELECT " MIZAN_ANNOTATION_COLUMNS
                                   "FROM annotations a WHERE a.project_id = $1 AND a.task_id = $2 "
                                   "ORDER BY a.annotation_id"};
constexpr Query kListAnnotations{
    "list_annotations",
    "SELECT " MIZAN_ANNOTATION_COLUMNS
    "FROM annotations a WHERE a.project_id = $1 AND a.annotation_id > $2 "
    "AND ($3 = '[]' OR a.supplier_id IN @integers($3)) ORDER BY a.annotation_id LIMIT $4"};
constexpr Query kListAnnotationsOfAnnotator{
    "list_annotations_of_annotator",
    "SELECT " MIZAN_ANNOTATION_COLUMNS
    "FROM annotations a WHERE a.project_id = $1 AND a.annotator_id = $2 AND a.annotation_id > $3 "
    "AND ($4 = '[]' OR a.supplier_id IN @integers($4)) ORDER BY a.annotation_id LIMIT $5"};
#undef MIZAN_ANNOTATION_COLUMNS

AnnotationRow read_annotation(const Row& row) {
  return {.project_id = row.id<domain::ProjectId>(0),
          .annotation_id = row.id<domain::AnnotationId>(1),
          .task_id = row.id<domain::TaskId>(2),
          .assignment_id = row.maybe_id<domain::AssignmentId>(3),
          .annotator_id = row.id<domain::AnnotatorId>(4),
          .supplier_id = row.id<domain::SupplierId>(5),
          .template_version = row.integer(6),
          .answers = row.string(7),
          .duration_us = row.maybe_integer(8),
          .submitted_at = row.instant(9),
          .revises = row.maybe_id<domain::AnnotationId>(10),
          .price_micros = row.maybe_integer(11),
          .currency = row.string(12)};
}

}  // namespace

Result<void> insert_annotation(Transaction& tx, const AnnotationRow& annotation) {
  return tx.queue(kInsertAnnotation, annotation.project_id, annotation.annotation_id, annotation.task_id,
                  annotation.assignment_id, annotation.annotator_id, annotation.supplier_id,
                  annotation.template_version, annotation.answers, annotation.duration_us,
                  annotation.submitted_at, annotation.revises, annotation.price_micros, annotation.currency);
}

Result<std::optional<AnnotationRow>> find_annotation(Transaction& tx, domain::ProjectId project,
                                                     domain::AnnotationId annotation) {
  return tx.maybe_row(kFindAnnotation, read_annotation, project, annotation);
}

Result<std::optional<AnnotationRow>> find_annotation_anywhere(Transaction& tx,
                                                              domain::AnnotationId annotation) {
  return tx.maybe_row(kFindAnnotationAnywhere, read_annotation, annotation);
}

Result<std::vector<AnnotationRow>> annotations_of_task(Transaction& tx, domain::ProjectId project,
                                                       domain::TaskId task) {
  return tx.rows(kAnnotationsOfTask, read_annotation, project, task);
}

Result<std::vector<AnnotationRow>> list_annotations(Transaction& tx, const AnnotationFilter& filter,
                                                    domain::AnnotationId after, std::int64_t limit) {
  if (filter.annotator_id.value != 0)
    return tx.rows(kListAnnotationsOfAnnotator, read_annotation, filter.project_id, filter.annotator_id,
                   after, integer_list(filter.suppliers), limit);
  return tx.rows(kListAnnotations, read_annotation, filter.project_id, after, integer_list(filter.suppliers),
                 limit);
}

}  // namespace mizan::store
