// Where each task stands: its state, its place in the queue, its counts. Narrow rows, for they are the
// hottest.
//
// The rules of states and counts are in rules/task_state.h; here they are kept. A task is in the queue while
// its state is `open`. Whoever opens a task that was not open gives it a new position (put_back), so that
// annotators whose cursor has passed its old one find it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/task_state.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Where a task stands in the queue: what the indexes of task_states hold of it.
struct QueuePlace {
  rules::TaskState state;
  std::int64_t lane_id;
  std::int64_t position;

  friend bool operator==(const QueuePlace&, const QueuePlace&) = default;
};

struct TaskStateRow {
  domain::ProjectId project_id;
  domain::TaskId task_id;
  rules::TaskState state = rules::TaskState::open;
  std::int64_t lane_id = 0;   ///< of lanes.h
  std::int64_t position = 0;  ///< for a new task: the number of its id
  rules::TaskCounts counts{};
  std::optional<domain::BatchId> batch_id{};
  std::optional<QueuePlace>
      stored{};  ///< the place that was read, so that one which stays is not written again

  [[nodiscard]] QueuePlace place() const { return {state, lane_id, position}; }
};

/// A new task. Its lane must have been ensured. The state is `open` when it has no batch or its batch runs,
/// `held` while the batch does not, `gold` when it comes with gold answers.
[[nodiscard]] Result<void> insert_task_state(Transaction& tx, const TaskStateRow& task);

[[nodiscard]] Result<std::optional<TaskStateRow>> find_task_state(Transaction& tx, domain::ProjectId project,
                                                                  domain::TaskId task);
/// As find_task_state; nobody else changes the row until the transaction ends.
[[nodiscard]] Result<std::optional<TaskStateRow>> lock_task_state(Transaction& tx, domain::ProjectId project,
                                                                  domain::TaskId task);
/// Writes state, lane, position and counts of a row that this transaction has locked. Of a task that stays in
/// its place
/// (`stored`) the counts alone: no index has them.
[[nodiscard]] Result<void> update_task_state(Transaction& tx, TaskStateRow& task);

/// Puts a task that others are to have into its lane for reopened tasks, at the end. Its state is by counts,
/// or `held` when its batch does not run.
/// @in  position  a number that grows with time: of an id just made
/// @out `task` as it is now
[[nodiscard]] Result<void> put_back(Transaction& tx, TaskStateRow& task, std::int64_t position);

/// Puts a task into the lane of somebody better, the first to be asked there; one more annotation is wanted.
[[nodiscard]] Result<void> escalate_to(Transaction& tx, TaskStateRow& task, domain::SupplierId supplier,
                                       std::int64_t position);

/// What the counts of a task are by its assignments and annotations: the truth that live_count and done_count
/// repeat. An annotation counts unless it was revised, a review rejected it, or it was asked for as gold.
[[nodiscard]] Result<rules::TaskCounts> count_task(Transaction& tx, const TaskStateRow& task);

/// Active suppliers of a kind that are active on the project, by id.
[[nodiscard]] Result<std::vector<domain::SupplierId>> active_suppliers_of_kind(Transaction& tx,
                                                                               domain::ProjectId project,
                                                                               std::string_view kind);

}  // namespace mizan::store
