#include "mizan/store/projects/batch_tasks.h"

#include "mizan/store/sql/dialect.h"
#include "mizan/store/work/lanes.h"

namespace mizan::store {
namespace {

#define MIZAN_OF_STRETCH "WHERE project_id = $1 AND batch_id = $2 AND task_id > $3 AND task_id <= $4 "

constexpr Query kNextStretch{"next_stretch",
                             "SELECT MAX(task_id) FROM (SELECT task_id FROM task_states "
                             "WHERE project_id = $1 AND batch_id = $2 AND task_id > $3 "
                             "ORDER BY task_id LIMIT $4) AS stretch"};
constexpr Query kHoldTasks{"hold_tasks",
                           "UPDATE task_states SET state = 'held' " MIZAN_OF_STRETCH "AND state = 'open'"};
constexpr Query kFreeTasks{"free_tasks",
                           "UPDATE task_states SET state = CASE WHEN live_count + done_count < wanted_count "
                           "THEN 'open' ELSE 'full' END " MIZAN_OF_STRETCH "AND state = 'held'"};
constexpr Query kCancelUnstarted{"cancel_unstarted_tasks",
                                 "UPDATE task_states SET state = 'cancelled' " MIZAN_OF_STRETCH
                                 "AND state IN ('open', 'held') AND live_count = 0 AND done_count = 0"};
constexpr Query kLanesOfStretch{"lanes_of_stretch",
                                "SELECT DISTINCT lane_id FROM task_states " MIZAN_OF_STRETCH};
constexpr Query kMoveToLane{"move_to_lane",
                            "UPDATE task_states SET lane_id = $6 " MIZAN_OF_STRETCH "AND lane_id = $5"};
#undef MIZAN_OF_STRETCH

// Only tasks that nothing has been done with yet change batches freely; the others stay where they are.
constexpr Query kPutTasks{
    "put_tasks",
    "UPDATE task_states SET batch_id = $2, "
    "state = CASE WHEN state NOT IN ('open', 'held') THEN state "
    "WHEN (SELECT b.state FROM batches b WHERE b.project_id = $1 AND b.batch_id = $2) <> 'running' "
    "THEN 'held' WHEN live_count + done_count < wanted_count THEN 'open' ELSE 'full' END "
    "WHERE project_id = $1 AND task_id IN @integers($3) AND state NOT IN ('gold', 'cancelled') "
    "AND (batch_id IS NULL OR batch_id IN (SELECT b.batch_id FROM batches b "
    "WHERE b.project_id = $1 AND b.state IN ('draft', 'staged')))"};
constexpr Query kUnbatchedTasks{"unbatched_tasks",
                                "SELECT task_id FROM task_states WHERE project_id = $1 AND batch_id IS NULL "
                                "AND state NOT IN ('gold', 'cancelled', 'done') ORDER BY task_id LIMIT $2"};
constexpr Query kLanesOfPut{"lanes_of_put_tasks",
                            "SELECT DISTINCT lane_id FROM task_states "
                            "WHERE project_id = $1 AND batch_id = $2 AND task_id IN @integers($3)"};
constexpr Query kMovePut{
    "move_put_tasks",
    "UPDATE task_states SET lane_id = $5 "
    "WHERE project_id = $1 AND batch_id = $2 AND task_id IN @integers($3) AND lane_id = $4"};

constexpr Query kCountBatchTasks{"count_batch_tasks",
                                 "SELECT state, COUNT(*), CAST(SUM(wanted_count) AS @int), "
                                 "CAST(SUM(live_count) AS @int), CAST(SUM(done_count) AS @int) "
                                 "FROM task_states WHERE project_id = $1 AND batch_id = $2 "
                                 "GROUP BY state ORDER BY state"};
constexpr Query kForgetCursors{"forget_lease_cursors", "DELETE FROM lease_cursors WHERE project_id = $1"};
constexpr Query kForgetCursorsOf{"forget_lease_cursors_of",
                                 "DELETE FROM lease_cursors WHERE annotator_id = $1 AND project_id IN "
                                 "(SELECT ps.project_id FROM annotators a JOIN project_suppliers ps "
                                 "ON ps.supplier_id = a.supplier_id WHERE a.annotator_id = $1)"};

std::int64_t read_number(const Row& row) {
  return row.integer(0);
}

// What decides the lane of a batch's tasks, beside their domain and language.
struct BatchPlace {
  domain::ProjectId project_id;
  std::int64_t priority = 0;
  domain::SupplierId supplier_id{};
};

Result<BatchPlace> place_of(Transaction& tx, const BatchKey& batch, std::optional<std::int64_t> priority) {
  MIZAN_TRY(const auto row, find_batch(tx, batch));
  if (!row) return fail(ErrorCode::not_found, "there is no such batch in the project");
  return BatchPlace{.project_id = batch.project_id,
                    .priority = priority.value_or(row->priority),
                    .supplier_id = row->supplier_id.value_or(domain::SupplierId{})};
}

// The lane of the same tasks in that place; made if it is not there.
Result<std::int64_t> lane_at(Transaction& tx, const BatchPlace& place, std::int64_t old_lane) {
  MIZAN_TRY(LaneRow lane, find_lane(tx, place.project_id, old_lane));
  lane.rank = rank_of(place.priority, (lane.rank & 1) != 0);
  lane.supplier_id = place.supplier_id;
  return ensure_lane(tx, lane);
}

Result<void> update_stretch(Transaction& tx, const Query& query, const TaskStretch& stretch) {
  return tx.queue(query, stretch.batch.project_id, stretch.batch.batch_id, stretch.after, stretch.until);
}

}  // namespace

Result<std::optional<TaskStretch>> next_stretch(Transaction& tx, const BatchKey& batch, domain::TaskId after,
                                                std::int64_t limit) {
  MIZAN_TRY(const auto until, tx.row(
                                  kNextStretch, [](const Row& row) { return row.id<domain::TaskId>(0); },
                                  batch.project_id, batch.batch_id, after, limit));
  if (until.value == 0) return std::optional<TaskStretch>();
  return std::optional(TaskStretch{.batch = batch, .after = after, .until = until});
}

Result<void> hold_tasks(Transaction& tx, const TaskStretch& stretch) {
  return update_stretch(tx, kHoldTasks, stretch);
}

Result<void> free_tasks(Transaction& tx, const TaskStretch& stretch) {
  return update_stretch(tx, kFreeTasks, stretch);
}

Result<void> cancel_unstarted_tasks(Transaction& tx, const TaskStretch& stretch) {
  return update_stretch(tx, kCancelUnstarted, stretch);
}

Result<void> move_to_priority(Transaction& tx, const TaskStretch& stretch, std::int64_t priority) {
  const auto [project, batch] = stretch.batch;
  MIZAN_TRY(const auto place, place_of(tx, stretch.batch, priority));
  MIZAN_TRY(const auto lanes,
            tx.rows(kLanesOfStretch, read_number, project, batch, stretch.after, stretch.until));
  for (const std::int64_t old_lane : lanes) {
    MIZAN_TRY(const std::int64_t new_lane, lane_at(tx, place, old_lane));
    if (new_lane == old_lane) continue;
    MIZAN_CHECK_OK(tx.queue(kMoveToLane, project, batch, stretch.after, stretch.until, old_lane, new_lane));
  }
  return {};
}

Result<std::int64_t> put_tasks(Transaction& tx, const BatchKey& batch,
                               std::span<const domain::TaskId> tasks) {
  const std::string list = integer_list(tasks);
  MIZAN_TRY(const auto moved, tx.execute(kPutTasks, batch.project_id, batch.batch_id, list));
  if (moved == 0) return 0;
  MIZAN_TRY(const auto place, place_of(tx, batch, std::nullopt));
  MIZAN_TRY(const auto lanes, tx.rows(kLanesOfPut, read_number, batch.project_id, batch.batch_id, list));
  for (const std::int64_t old_lane : lanes) {
    MIZAN_TRY(const std::int64_t new_lane, lane_at(tx, place, old_lane));
    if (new_lane != old_lane)
      MIZAN_CHECK_OK(tx.queue(kMovePut, batch.project_id, batch.batch_id, list, old_lane, new_lane));
  }
  return moved;
}

Result<std::int64_t> put_unbatched_tasks(Transaction& tx, const BatchKey& batch, std::int64_t limit) {
  MIZAN_TRY(const auto tasks, tx.rows(
                                  kUnbatchedTasks, [](const Row& row) { return row.id<domain::TaskId>(0); },
                                  batch.project_id, limit));
  return put_tasks(tx, batch, tasks);
}

Result<std::vector<TaskCount>> count_batch_tasks(Transaction& tx, const BatchKey& batch) {
  return tx.rows(
      kCountBatchTasks,
      [](const Row& row) {
        return TaskCount{.state = row.string(0),
                         .task_count = row.integer(1),
                         .wanted_count = row.integer(2),
                         .live_count = row.integer(3),
                         .done_count = row.integer(4)};
      },
      batch.project_id, batch.batch_id);
}

Result<void> forget_lease_cursors(Transaction& tx, domain::ProjectId project_id) {
  return tx.queue(kForgetCursors, project_id);
}

Result<void> forget_lease_cursors_of(Transaction& tx, domain::AnnotatorId annotator_id) {
  return tx.queue(kForgetCursorsOf, annotator_id);
}

}  // namespace mizan::store
