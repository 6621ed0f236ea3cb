// What becomes of a task when an answer came, or an assignment ended without one. Inside the transaction of
// the change; writes the task's row and the events that others hear of.
#pragma once

#include <string_view>

#include "mizan/app/quality/take_labels.h"
#include "mizan/app/service.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/base/result.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotations.h"
#include "mizan/store/work/task_states.h"

namespace mizan::app {

/// A task whose row this transaction has locked, and the project that it is of.
struct TaskInHand {
  store::TaskStateRow& task;
  const ProjectFacts& project;
  Instant now{};
};

/// What the task wants of inference; `counts` has this change in it already.
[[nodiscard]] Result<TaskWants> wants_of(store::Transaction& tx, const TaskInHand& in_hand);

/// Writes the row as the decision has it: done, one more annotation (never by the same annotator: assignments
/// are unique), somebody better, or a reviewer. `counts` has the answer in it already.
[[nodiscard]] Result<void> apply_decision(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                                          const TaskDecision& decision);

/// A live assignment ended without an answer: its place is free again, and others are to have it first.
[[nodiscard]] Result<void> free_place(store::Transaction& tx, Service& service, const TaskInHand& in_hand);

/// The project's facts, its row read in this transaction.
[[nodiscard]] Result<std::shared_ptr<const ProjectFacts>> project_facts(store::Transaction& tx,
                                                                        Service& service,
                                                                        domain::ProjectId project);

/// An event about an annotation: "annotation.submitted", "annotation.revised", "annotation.rejected".
[[nodiscard]] Result<void> tell_of_annotation(store::Transaction& tx, std::string_view kind,
                                              const store::AnnotationRow& annotation, Instant now);
/// An event about a task: "task.done", "task.reopened", "task.escalated", "task.adjudicated".
[[nodiscard]] Result<void> tell_of_task(store::Transaction& tx, std::string_view kind,
                                        const store::TaskStateRow& task, Instant now);

}  // namespace mizan::app
