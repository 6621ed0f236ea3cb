#include "mizan/store/quality/labels.h"

namespace mizan::store {
namespace {

constexpr Query kPutLabel{
    "put_label",
    "INSERT INTO labels (project_id, task_id, question, annotator_id, supplier_id, class_code, "
    "annotation_id) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (project_id, task_id, question, annotator_id) DO UPDATE "
    "SET supplier_id = excluded.supplier_id, class_code = excluded.class_code, "
    "annotation_id = excluded.annotation_id"};

constexpr Query kDeleteLabelsOfAnnotator{
    "delete_labels_of_annotator",
    "DELETE FROM labels WHERE project_id = $1 AND task_id = $2 AND annotator_id = $3"};

constexpr Query kDeleteLabelsOfAnnotation{
    "delete_labels_of_annotation",
    "DELETE FROM labels WHERE project_id = $1 AND task_id = $2 AND annotation_id = $3"};

constexpr Query kLabelsOfProject{
    "labels_of_project",
    "SELECT task_id, question, annotator_id, supplier_id, class_code, annotation_id FROM labels "
    "WHERE project_id = $1 ORDER BY task_id, question, annotator_id"};

constexpr Query kLabelsOfTasks{
    "labels_of_tasks",
    "SELECT task_id, question, annotator_id, supplier_id, class_code, annotation_id FROM labels "
    "WHERE project_id = $1 AND task_id > $2 AND task_id <= $3 ORDER BY task_id, question, annotator_id"};

constexpr Query kCountLabels{
    "count_labels",
    "SELECT question, COUNT(*), MAX(annotation_id) FROM labels WHERE project_id = $1 "
    "GROUP BY question ORDER BY question"};

constexpr Query kGoldMark{
    "gold_mark", "SELECT COUNT(*), COALESCE(MAX(created_at_us), 0) FROM gold_answers WHERE project_id = $1"};

TaskLabel label_from(const Row& row) {
  return {row.id<domain::TaskId>(0),     row.string(1),  row.id<domain::AnnotatorId>(2),
          row.id<domain::SupplierId>(3), row.integer(4), row.id<domain::AnnotationId>(5)};
}

}  // namespace

Result<void> put_label(Transaction& tx, domain::ProjectId project, const TaskLabel& label) {
  return tx.queue(kPutLabel, project, label.task, label.question, label.annotator, label.supplier,
                  label.class_code, label.annotation);
}

Result<void> delete_labels_of_annotator(Transaction& tx, const TaskKey& key, domain::AnnotatorId annotator) {
  return tx.queue(kDeleteLabelsOfAnnotator, key.project, key.task, annotator);
}

Result<void> delete_labels_of_annotation(Transaction& tx, const TaskKey& key,
                                         domain::AnnotationId annotation) {
  return tx.queue(kDeleteLabelsOfAnnotation, key.project, key.task, annotation);
}

Result<std::vector<TaskLabel>> labels_of_task(Transaction& tx, const TaskKey& key) {
  return tx.rows(kLabelsOfTask, label_from, key.project, key.task);
}

Result<void> for_each_label(Transaction& tx, domain::ProjectId project, const LabelSink& sink) {
  return tx.for_each(
      kLabelsOfProject, [&](const Row& row) { return sink(label_from(row)); }, project);
}

Result<std::vector<TaskLabel>> labels_of_tasks(Transaction& tx, domain::ProjectId project,
                                               domain::TaskId after, domain::TaskId last) {
  return tx.rows(kLabelsOfTasks, label_from, project, after, last);
}

Result<std::vector<LabelCount>> count_labels(Transaction& tx, domain::ProjectId project) {
  return tx.rows(
      kCountLabels,
      [](const Row& row) {
        return LabelCount{row.string(0), row.integer(1), row.id<domain::AnnotationId>(2)};
      },
      project);
}

Result<GoldMark> gold_mark(Transaction& tx, domain::ProjectId project) {
  return tx.row(
      kGoldMark,
      [](const Row& row) {
        return GoldMark{row.integer(0), row.instant(1)};
      },
      project);
}

}  // namespace mizan::store
