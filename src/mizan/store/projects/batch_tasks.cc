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
// state || '': by the index of the batch, not by that of everything that is open.
constexpr Query kHoldTasks{
    "hold_tasks", "UPDATE task_states SET state = 'held' " MIZAN_OF_STRETCH "AND state || '' = 'open'"};
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

constexpr Query kPutTasks{
    "put_tasks",
    "UPDATE task_states SET batch_id = $2, state = CASE state WHEN 'open' THEN 'held' ELSE state END "
    "WHERE project_id = $1 AND task_id IN @integers($3) AND state NOT IN ('gold', 'cancelled', 'done') "
    "AND (batch_id IS NULL OR batch_id IN (SELECT b.batch_id FROM batches b "
    "WHERE b.project_id = $1 AND b.state IN ('draft', 'staged')))"};
constexpr Query kNextUnbatched{"next_unbatched",
                               "SELECT MAX(task_id) FROM (SELECT task_id FROM task_states "
                               "WHERE project_id = $1 AND task_id > $2 AND batch_id IS NULL "
                               "AND state NOT IN ('gold', 'cancelled', 'done') "
                               "ORDER BY task_id LIMIT $3) AS stretch"};
constexpr Query kPutUnbatched{
    "put_unbatched",
    "UPDATE task_states SET batch_id = $2, state = CASE state WHEN 'open' THEN 'held' ELSE state END "
    "WHERE project_id = $1 AND task_id > $3 AND task_id <= $4 AND batch_id IS NULL "
    "AND state NOT IN ('gold', 'cancelled', 'done')"};

constexpr Query kCountBatchTasks{"count_batch_tasks",
                                 "SELECT state, COUNT(*), CAST(SUM(wanted_count) AS @int), "
                                 "CAST(SUM(live_count) AS @int), CAST(SUM(done_count) AS @int) "
                                 "FROM task_states WHERE project_id = $1 AND batch_id = $2 "
                                 "GROUP BY state ORDER BY state"};

Result<void> update_stretch(Transaction& tx, const Query& query, const TaskStretch& stretch) {
  return tx.queue(query, stretch.batch.project_id, stretch.batch.batch_id, stretch.after, stretch.until);
}

std::optional<TaskStretch> stretch_until(const BatchKey& batch, domain::TaskId after, domain::TaskId until) {
  if (until.value == 0) return {};
  return TaskStretch{.batch = batch, .after = after, .until = until};
}

domain::TaskId last_task(const Row& row) {
  return row.id<domain::TaskId>(0);
}

}  // namespace

Result<std::optional<TaskStretch>> next_stretch(Transaction& tx, const BatchKey& batch, domain::TaskId after,
                                                std::int64_t limit) {
  MIZAN_TRY(const auto until,
            tx.row(kNextStretch, last_task, batch.project_id, batch.batch_id, after, limit));
  return stretch_until(batch, after, until);
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

Result<void> move_to_lanes(Transaction& tx, const TaskStretch& stretch, const BatchRow& batch) {
  MIZAN_TRY(const auto lanes,
            tx.rows(
                kLanesOfStretch, [](const Row& row) { return row.integer(0); }, stretch.batch.project_id,
                stretch.batch.batch_id, stretch.after, stretch.until));
  for (const std::int64_t from : lanes) {
    MIZAN_TRY(LaneRow lane, find_lane(tx, stretch.batch.project_id, from));
    lane.rank = rank_of(batch.priority, lane.rank % 2 != 0);
    lane.supplier_id = batch.supplier_id.value_or(domain::SupplierId{});
    if (lane_id(lane) == from) continue;
    MIZAN_TRY(const std::int64_t to, ensure_lane(tx, lane));
    MIZAN_CHECK_OK(tx.queue(kMoveToLane, stretch.batch.project_id, stretch.batch.batch_id, stretch.after,
                            stretch.until, from, to));
  }
  return {};
}

Result<std::int64_t> put_tasks(Transaction& tx, const BatchKey& batch,
                               std::span<const domain::TaskId> tasks) {
  return tx.execute(kPutTasks, batch.project_id, batch.batch_id, integer_list(tasks));
}

Result<std::optional<TaskStretch>> next_unbatched(Transaction& tx, const BatchKey& batch,
                                                  domain::TaskId after, std::int64_t limit) {
  MIZAN_TRY(const auto until, tx.row(kNextUnbatched, last_task, batch.project_id, after, limit));
  return stretch_until(batch, after, until);
}

Result<std::int64_t> put_unbatched(Transaction& tx, const TaskStretch& stretch) {
  return tx.execute(kPutUnbatched, stretch.batch.project_id, stretch.batch.batch_id, stretch.after,
                    stretch.until);
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

}  // namespace mizan::store
