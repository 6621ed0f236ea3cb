#include "mizan/store/work/task_states.h"

#include <vector>

#include "mizan/store/work/lanes.h"

namespace mizan::store {
namespace {

constexpr Query kInsertTaskState{
    "insert_task_state",
    "INSERT INTO task_states (project_id, task_id, state, lane_id, position, wanted_count, live_count, "
    "done_count, batch_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Query kFindTaskState{
    "find_task_state",
    "SELECT state, lane_id, position, wanted_count, live_count, done_count, batch_id FROM task_states "
    "WHERE project_id = $1 AND task_id = $2"};
constexpr Query kLockTaskState{
    "lock_task_state",
    "SELECT state, lane_id, position, wanted_count, live_count, done_count, batch_id FROM task_states "
    "WHERE project_id = $1 AND task_id = $2\n"
    "@postgres FOR UPDATE\n"};
constexpr Query kUpdateTaskState{
    "update_task_state",
    "UPDATE task_states SET state = $3, lane_id = $4, position = $5, wanted_count = $6, live_count = $7, "
    "done_count = $8 WHERE project_id = $1 AND task_id = $2"};

constexpr Query kEndOfStretch{
    "end_of_batch_stretch",
    "SELECT MAX(task_id), COUNT(*) FROM (SELECT task_id FROM task_states WHERE project_id = $1 "
    "AND batch_id = $2 AND task_id > $3 ORDER BY task_id LIMIT $4) AS stretch"};
constexpr Query kOpenTasksOfBatch{
    "open_tasks_of_batch",
    "UPDATE task_states SET state = CASE WHEN live_count + done_count < wanted_count THEN 'open' "
    "ELSE 'full' END "
    "WHERE project_id = $1 AND batch_id = $2 AND task_id > $3 AND task_id <= $4 AND state = 'held'"};
constexpr Query kHoldTasksOfBatch{
    "hold_tasks_of_batch",
    "UPDATE task_states SET state = 'held' "
    "WHERE project_id = $1 AND batch_id = $2 AND task_id > $3 AND task_id <= $4 "
    "AND state IN ('open', 'full')"};
constexpr Query kCancelUntouchedTasks{
    "cancel_untouched_tasks",
    "UPDATE task_states SET state = 'cancelled' "
    "WHERE project_id = $1 AND batch_id = $2 AND task_id > $3 AND task_id <= $4 "
    "AND state IN ('open', 'held') AND live_count = 0 AND done_count = 0"};

constexpr Query kLanesOfBatch{"lanes_of_batch",
                              "SELECT DISTINCT lane_id FROM task_states WHERE project_id = $1 AND batch_id = $2"};
constexpr Query kMoveTasksOfBatch{
    "move_tasks_of_batch",
    "UPDATE task_states SET lane_id = $4 WHERE project_id = $1 AND batch_id = $2 AND lane_id = $3"};

auto read_task_state(domain::ProjectId project, domain::TaskId task) {
  return [project, task](const Row& row) -> Result<TaskStateRow> {
    MIZAN_TRY(const auto state, rules::kTaskStates.parse(row.text(0)));
    return TaskStateRow{.project_id = project,
                        .task_id = task,
                        .state = state,
                        .lane_id = row.integer(1),
                        .position = row.integer(2),
                        .counts = {.wanted_count = static_cast<int>(row.integer(3)),
                                   .live_count = static_cast<int>(row.integer(4)),
                                   .done_count = static_cast<int>(row.integer(5))},
                        .batch_id = row.maybe_id<domain::BatchId>(6)};
  };
}

// Runs the change on the stretch; where the next one begins, or none after the last.
Result<domain::TaskId> change_stretch(Transaction& tx, const Query& change, const BatchStretch& stretch) {
  struct End {
    domain::TaskId last;
    std::int64_t count = 0;
  };
  MIZAN_TRY(const End end, tx.row(
                               kEndOfStretch,
                               [](const Row& row) {
                                 return End{row.id<domain::TaskId>(0), row.integer(1)};
                               },
                               stretch.project_id, stretch.batch_id, stretch.after, stretch.limit));
  if (end.count == 0) return domain::TaskId{};
  MIZAN_CHECK_OK(tx.execute(change, stretch.project_id, stretch.batch_id, stretch.after, end.last));
  return end.count < stretch.limit ? domain::TaskId{} : end.last;
}

}  // namespace

Result<void> insert_task_state(Transaction& tx, const TaskStateRow& task) {
  return tx.queue(kInsertTaskState, task.project_id, task.task_id, to_text(task.state), task.lane_id,
                  task.position, task.counts.wanted_count, task.counts.live_count, task.counts.done_count,
                  task.batch_id);
}

Result<std::optional<TaskStateRow>> find_task_state(Transaction& tx, domain::ProjectId project,
                                                    domain::TaskId task) {
  return tx.maybe_row(kFindTaskState, read_task_state(project, task), project, task);
}

Result<std::optional<TaskStateRow>> lock_task_state(Transaction& tx, domain::ProjectId project,
                                                    domain::TaskId task) {
  return tx.maybe_row(kLockTaskState, read_task_state(project, task), project, task);
}

Result<void> update_task_state(Transaction& tx, const TaskStateRow& task) {
  return tx.queue(kUpdateTaskState, task.project_id, task.task_id, to_text(task.state), task.lane_id,
                  task.position, task.counts.wanted_count, task.counts.live_count, task.counts.done_count);
}

Result<void> put_back(Transaction& tx, TaskStateRow& task, std::int64_t position) {
  MIZAN_TRY(LaneRow lane, find_lane(tx, task.project_id, task.lane_id));
  lane.rank |= 1;
  MIZAN_TRY(task.lane_id, ensure_lane(tx, lane));
  task.position = position;
  task.state = rules::undecided_state(task.counts);
  return update_task_state(tx, task);
}

Result<domain::TaskId> open_tasks_of_batch(Transaction& tx, const BatchStretch& stretch) {
  // They open at their old positions, which cursors may have passed.
  MIZAN_CHECK_OK(forget_all_cursors(tx, stretch.project_id));
  return change_stretch(tx, kOpenTasksOfBatch, stretch);
}

Result<domain::TaskId> hold_tasks_of_batch(Transaction& tx, const BatchStretch& stretch) {
  return change_stretch(tx, kHoldTasksOfBatch, stretch);
}

Result<domain::TaskId> cancel_untouched_tasks(Transaction& tx, const BatchStretch& stretch) {
  return change_stretch(tx, kCancelUntouchedTasks, stretch);
}

Result<void> move_tasks_of_batch(Transaction& tx, const BatchPlace& place) {
  MIZAN_TRY(const auto lanes, tx.rows(
                                  kLanesOfBatch, [](const Row& row) { return row.integer(0); },
                                  place.project_id, place.batch_id));
  for (const std::int64_t old_lane : lanes) {
    MIZAN_TRY(LaneRow lane, find_lane(tx, place.project_id, old_lane));
    lane.rank = rank_of(place.priority, (lane.rank & 1) != 0);
    lane.supplier_id = place.supplier_id;
    MIZAN_TRY(const std::int64_t new_lane, ensure_lane(tx, lane));
    if (new_lane == old_lane) continue;
    MIZAN_CHECK_OK(tx.execute(kMoveTasksOfBatch, place.project_id, place.batch_id, old_lane, new_lane));
  }
  return forget_all_cursors(tx, place.project_id);
}

}  // namespace mizan::store
