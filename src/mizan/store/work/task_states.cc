#include "mizan/store/work/task_states.h"

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
constexpr Query kUpdateTaskCounts{
    "update_task_counts",
    "UPDATE task_states SET wanted_count = $3, live_count = $4, done_count = $5 "
    "WHERE project_id = $1 AND task_id = $2"};

constexpr Query kBatchRuns{
    "batch_runs", "SELECT 1 FROM batches WHERE project_id = $1 AND batch_id = $2 AND state = 'running'"};

constexpr Query kCountTask{
    "count_task",
    "SELECT (SELECT COUNT(*) FROM assignments l WHERE l.project_id = $1 AND l.task_id = $2 "
    "AND l.state = 'live' AND l.is_gold = 0), "
    "(SELECT COUNT(*) FROM annotations a WHERE a.project_id = $1 AND a.task_id = $2 "
    "AND NOT EXISTS (SELECT 1 FROM assignments g WHERE g.project_id = $1 "
    "AND g.assignment_id = a.assignment_id AND g.is_gold = 1) "
    "AND NOT EXISTS (SELECT 1 FROM annotations n WHERE n.project_id = $1 AND n.task_id = $2 "
    "AND n.revises = a.annotation_id) "
    "AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.project_id = $1 AND r.task_id = $2 "
    "AND r.annotation_id = a.annotation_id AND r.state = 'rejected'))"};
constexpr Query kActiveSuppliersOfKind{
    "active_suppliers_of_kind",
    "SELECT s.supplier_id FROM project_suppliers ps JOIN suppliers s ON s.supplier_id = ps.supplier_id "
    "WHERE ps.project_id = $1 AND ps.state = 'active' AND s.state = 'active' AND s.kind = $2 "
    "ORDER BY s.supplier_id"};

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
                        .batch_id = row.maybe_id<domain::BatchId>(6),
                        .stored = QueuePlace{state, row.integer(1), row.integer(2)}};
  };
}

Result<bool> batch_runs(Transaction& tx, const TaskStateRow& task) {
  if (!task.batch_id) return true;
  MIZAN_TRY(const auto found,
            tx.maybe_row(
                kBatchRuns, [](const Row&) { return true; }, task.project_id, *task.batch_id));
  return found.has_value();
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

Result<void> update_task_state(Transaction& tx, TaskStateRow& task) {
  if (task.stored == task.place()) {
    return tx.queue(kUpdateTaskCounts, task.project_id, task.task_id, task.counts.wanted_count,
                    task.counts.live_count, task.counts.done_count);
  }
  task.stored = task.place();
  return tx.queue(kUpdateTaskState, task.project_id, task.task_id, to_text(task.state), task.lane_id,
                  task.position, task.counts.wanted_count, task.counts.live_count, task.counts.done_count);
}

namespace {

// Into the lane at its end, open, full or held.
Result<void> place(Transaction& tx, TaskStateRow& task, const LaneRow& lane, std::int64_t position) {
  MIZAN_TRY(task.lane_id, ensure_lane(tx, lane));
  task.position = position;
  MIZAN_TRY(const bool runs, batch_runs(tx, task));
  task.state = runs ? rules::undecided_state(task.counts) : rules::TaskState::held;
  return update_task_state(tx, task);
}

}  // namespace

Result<void> put_back(Transaction& tx, TaskStateRow& task, std::int64_t position) {
  MIZAN_TRY(LaneRow lane, find_lane(tx, task.project_id, task.lane_id));
  lane.rank |= 1;
  return place(tx, task, lane, position);
}

Result<void> escalate_to(Transaction& tx, TaskStateRow& task, domain::SupplierId supplier,
                         std::int64_t position) {
  MIZAN_TRY(LaneRow lane, find_lane(tx, task.project_id, task.lane_id));
  lane.rank |= 1;
  lane.supplier_id = supplier;
  lane.is_escalated = true;
  task.counts.wanted_count = task.counts.live_count + task.counts.done_count + 1;
  return place(tx, task, lane, position);
}

Result<rules::TaskCounts> count_task(Transaction& tx, const TaskStateRow& task) {
  return tx.row(
      kCountTask,
      [&](const Row& row) {
        return rules::TaskCounts{.wanted_count = task.counts.wanted_count,
                                 .live_count = static_cast<int>(row.integer(0)),
                                 .done_count = static_cast<int>(row.integer(1))};
      },
      task.project_id, task.task_id);
}

Result<std::vector<domain::SupplierId>> active_suppliers_of_kind(Transaction& tx, domain::ProjectId project,
                                                                 std::string_view kind) {
  return tx.rows(
      kActiveSuppliersOfKind, [](const Row& row) { return row.id<domain::SupplierId>(0); }, project, kind);
}

}  // namespace mizan::store
