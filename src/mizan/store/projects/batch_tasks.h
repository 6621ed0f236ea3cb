// The tasks of a batch: which there are, and bringing them to what the batch's state, priority and supplier
// ask of them. A batch may hold millions of tasks, so everything here works on a stretch of them, by task id.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
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

/// The stretch of the next `limit` tasks of the batch after a task; nothing when there are none.
[[nodiscard]] Result<std::optional<TaskStretch>> next_stretch(Transaction& tx, const BatchKey& batch,
                                                              domain::TaskId after, std::int64_t limit);

/// open → held: the batch does not run.
[[nodiscard]] Result<void> hold_tasks(Transaction& tx, const TaskStretch& stretch);
/// held → open, or full where no room is left: the batch runs. Their positions are old: forget_all_cursors.
[[nodiscard]] Result<void> free_tasks(Transaction& tx, const TaskStretch& stretch);
/// open, held → cancelled, of tasks that nobody has started.
[[nodiscard]] Result<void> cancel_unstarted_tasks(Transaction& tx, const TaskStretch& stretch);
/// Moves the tasks to the lanes of the batch's priority and supplier; a reopened task stays reopened.
[[nodiscard]] Result<void> move_to_lanes(Transaction& tx, const TaskStretch& stretch, const BatchRow& batch);

/// Puts tasks into a batch, held: tasks that are in no batch, or in one that has not been started. The caller
/// moves them to its lanes, and frees them if it runs.
/// @out how many were put: gold, done and cancelled tasks, tasks of other projects and of batches that were
///      started are left alone
[[nodiscard]] Result<std::int64_t> put_tasks(Transaction& tx, const BatchKey& batch,
                                             std::span<const domain::TaskId> tasks);
/// The stretch of the next `limit` tasks of the project, in the order of their import, that are in no batch.
[[nodiscard]] Result<std::optional<TaskStretch>> next_unbatched(Transaction& tx, const BatchKey& batch,
                                                                domain::TaskId after, std::int64_t limit);
/// As put_tasks, for the tasks of a stretch that are in no batch.
[[nodiscard]] Result<std::int64_t> put_unbatched(Transaction& tx, const TaskStretch& stretch);

/// How many tasks of the batch are in each state.
/// @cost O(tasks of the batch)
[[nodiscard]] Result<std::vector<TaskCount>> count_batch_tasks(Transaction& tx, const BatchKey& batch);

}  // namespace mizan::store
