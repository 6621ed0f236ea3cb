// The tasks of a batch: which there are, and bringing them to what the batch's state asks of them. A batch
// may hold millions of tasks, so everything here works on a stretch of them, by task id.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/batches.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Tasks of a batch whose id is in (after, until].
struct TaskStretch {
  BatchKey batch;
  domain::TaskId after{};
  domain::TaskId until{};
};

/// The stretch of the next `limit` tasks after stretch.after; nothing when there are none.
[[nodiscard]] Result<std::optional<TaskStretch>> next_stretch(Transaction& tx, const BatchKey& batch,
                                                              domain::TaskId after, std::int64_t limit);

/// open → held: the batch does not run.
[[nodiscard]] Result<void> hold_tasks(Transaction& tx, const TaskStretch& stretch);
/// held → open, or full where no room is left: the batch runs.
[[nodiscard]] Result<void> free_tasks(Transaction& tx, const TaskStretch& stretch);
/// open, held → cancelled, of tasks that nobody has started.
[[nodiscard]] Result<void> cancel_unstarted_tasks(Transaction& tx, const TaskStretch& stretch);
/// Moves the tasks to the lanes of a priority and of the batch's supplier; a reopened task stays reopened.
[[nodiscard]] Result<void> move_to_priority(Transaction& tx, const TaskStretch& stretch,
                                            std::int64_t priority);

/// Puts tasks that are in no batch, or in a batch that is still a draft or staged, into this one and its
/// lanes.
/// @out how many were moved: tasks of other projects, of running batches and gold tasks are left alone
[[nodiscard]] Result<std::int64_t> put_tasks(Transaction& tx, const BatchKey& batch,
                                             std::span<const domain::TaskId> tasks);
/// As put_tasks, for the next tasks of the project, in the order of their import, that are in no batch.
[[nodiscard]] Result<std::int64_t> put_unbatched_tasks(Transaction& tx, const BatchKey& batch,
                                                       std::int64_t limit);

/// How many tasks of the batch are in each state.
/// @cost O(tasks of the batch)
[[nodiscard]] Result<std::vector<TaskCount>> count_batch_tasks(Transaction& tx, const BatchKey& batch);

/// Lets every annotator of a project look at the whole queue again: after tasks came back to it, or changed
/// lanes.
[[nodiscard]] Result<void> forget_lease_cursors(Transaction& tx, domain::ProjectId project_id);
/// The same for one annotator in every project: after their eligibility changed.
[[nodiscard]] Result<void> forget_lease_cursors_of(Transaction& tx, domain::AnnotatorId annotator_id);

}  // namespace mizan::store
