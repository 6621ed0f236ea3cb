// What an annotation says to inference, inside the transaction that stores it: its labels are put, the
// consensus of the task is computed anew from the published skills, and from that what to do with the task.
// Called by every verb that stores an annotation: submit, revise, import.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/domain/project_settings.h"
#include "mizan/domain/template/labels.h"
#include "mizan/rules/task_state.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

/// An annotation that was stored in this transaction.
struct TakenAnnotation {
  domain::ProjectId project;
  domain::TaskId task;
  domain::AnnotatorId annotator;
  domain::SupplierId supplier;
  domain::AnnotationId annotation;
  std::vector<domain::QuestionLabel> labels{};  ///< domain::labels_of(template, answers)
  bool is_revision = false;                     ///< the annotator's earlier labels of the task go
  bool is_gold = false;                         ///< a gold task: labels teach, its consensus is the gold
};

/// What the task wants; `settings` outlives the call.
struct TaskWants {
  const domain::ProjectSettings& settings;
  std::int64_t labels_per_task = 1;   ///< of this task: stratified overlap gives some more
  std::int64_t annotation_count = 1;  ///< annotations that count, this one among them
  bool was_escalated = false;         ///< the task had been escalated and this annotation answers that
};

struct TaskDecision {
  rules::Decision decision = rules::Decision::enough;
  double confidence = 1;  ///< the least of its questions; 1 when none of them has classes
  double top_share = 1;   ///< the least of its questions
};

/// @errors bad_answer: a class that the project's questions do not have (another template's); the store's
/// @cost   O(labels of the task * classes); one statement that waits for the database, the others are queued
[[nodiscard]] Result<TaskDecision> take_labels(store::Transaction& tx, Service& service,
                                               const TakenAnnotation& taken, const TaskWants& wants);

/// As above without a new annotation: after labels were taken back, or a gold answer came or went.
[[nodiscard]] Result<TaskDecision> update_consensus(store::Transaction& tx, Service& service,
                                                    const store::TaskKey& task, const TaskWants& wants);

/// An annotation of a task that a reviewer settled: its labels teach what its annotator is worth, and change
/// what is believed of questions that the reviewer left out alone.
[[nodiscard]] Result<void> take_late_labels(store::Transaction& tx, Service& service,
                                            const TakenAnnotation& taken, const TaskWants& wants);

/// Takes back the labels of an annotation that a review rejected; call update_consensus afterwards.
[[nodiscard]] Result<void> take_back_labels(store::Transaction& tx, const store::TaskKey& task,
                                            domain::AnnotationId annotation);

}  // namespace mizan::app
