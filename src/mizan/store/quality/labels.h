// Labels: the class that an annotator gave to a question of a task, by its newest annotation. The unit of
// inference.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

// Of every submit: plan tests hold them to their indexes.
inline constexpr Query kLabelsOfTask{
    "labels_of_task",
    "SELECT task_id, question, annotator_id, supplier_id, class_code, annotation_id FROM labels "
    "WHERE project_id = $1 AND task_id = $2 ORDER BY question, annotator_id"};

/// One task of one project.
struct TaskKey {
  domain::ProjectId project;
  domain::TaskId task;
};

struct TaskLabel {
  domain::TaskId task;
  std::string question;  ///< as domain::QuestionLabel::question: "safe", "tags/medical"
  domain::AnnotatorId annotator;
  domain::SupplierId supplier;
  std::int64_t class_code = 0;
  domain::AnnotationId annotation;
};

/// Writes a label, or the annotator's new one over the earlier one.
[[nodiscard]] Result<void> put_label(Transaction& tx, domain::ProjectId project, const TaskLabel& label);

/// Takes back what an annotator said about a task: before the labels of a revision are put.
[[nodiscard]] Result<void> delete_labels_of_annotator(Transaction& tx, const TaskKey& key,
                                                      domain::AnnotatorId annotator);
/// Takes back the labels of one annotation.
[[nodiscard]] Result<void> delete_labels_of_annotation(Transaction& tx, const TaskKey& key,
                                                       domain::AnnotationId annotation);

/// By question, then annotator.
[[nodiscard]] Result<std::vector<TaskLabel>> labels_of_task(Transaction& tx, const TaskKey& key);

using LabelSink = std::function<Result<void>(const TaskLabel&)>;
/// Every label of a project, by task, question and annotator, in constant memory.
[[nodiscard]] Result<void> for_each_label(Transaction& tx, domain::ProjectId project, const LabelSink& sink);
/// As above, of the tasks after `after` up to and including `last`.
[[nodiscard]] Result<std::vector<TaskLabel>> labels_of_tasks(Transaction& tx, domain::ProjectId project,
                                                             domain::TaskId after, domain::TaskId last);

/// Labels of each question of a project.
struct LabelCount {
  std::string question;
  std::int64_t label_count = 0;
  domain::AnnotationId newest{};  ///< that gave one of them
};
[[nodiscard]] Result<std::vector<LabelCount>> count_labels(Transaction& tx, domain::ProjectId project);

/// Changes whenever a gold answer of the project comes, goes or is replaced.
struct GoldMark {
  std::int64_t gold_count = 0;
  Instant newest{};
  friend bool operator==(const GoldMark&, const GoldMark&) = default;
};
[[nodiscard]] Result<GoldMark> gold_mark(Transaction& tx, domain::ProjectId project);

}  // namespace mizan::store
