#include "mizan/store/projects/batch_tasks.h"

#include "mizan/store/sql/dialect.h"

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
constexpr Query kMoveToPriority{"move_to_priority",
                                "UPDATE task_states SET lane = 2 * $5 + lane % 2 " MIZAN_OF_STRETCH
                                "AND lane <> 2 * $5 + lane % 2"};
#undef MIZAN_OF_STRETCH

// Only tasks that nothing has been done with yet change batches freely; the others stay where they are.
#define MIZAN_PUT_TASK                                                                                     \
  "UPDATE task_states SET batch_id = $2, "                                                                 \
  "lane = 2 * (SELECT b.priority FROM batches b WHERE b.project_id = $1 AND b.batch_id = $2) + lane % 2, " \
  "state = CASE WHEN state NOT IN ('open', 'held') THEN state "                                            \
  "WHEN (SELECT b.state FROM batches b WHERE b.project_id = $1 AND b.batch_id = $2) <> 'running' "         \
  "THEN 'held' WHEN live_count + done_count < wanted_count THEN 'open' ELSE 'full' END "

constexpr Query kPutTasks{"put_tasks", MIZAN_PUT_TASK
                         "WHERE project_id = $1 AND task_id IN @integers($3) AND state NOT IN ('gold', 'cancelled') "
                         "AND (batch_id IS NULL OR batch_id IN (SELECT b.batch_id FROM batches b "
                         "WHERE b.project_id = $1 AND b.state IN ('draft', 'staged')))"};
constexpr Query kPutUnbatched{"put_unbatched_tasks", MIZAN_PUT_TASK
                              "WHERE project_id = $1 AND task_id IN (SELECT t.task_id FROM task_states t "
                              "WHERE t.project_id = $1 AND t.batch_id IS NULL "
                              "AND t.state NOT IN ('gold', 'cancelled', 'done') "
                              "ORDER BY t.task_id LIMIT $3)"};
#undef MIZAN_PUT_TASK

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
  return tx.queue(kMoveToPriority, stretch.batch.project_id, stretch.batch.batch_id, stretch.after,
                  stretch.until, priority);
}

Result<std::int64_t> put_tasks(Transaction& tx, const BatchKey& batch,
                               std::span<const domain::TaskId> tasks) {
  return tx.execute(kPutTasks, batch.project_id, batch.batch_id, integer_list(tasks));
}

Result<std::int64_t> put_unbatched_tasks(Transaction& tx, const BatchKey& batch, std::int64_t limit) {
  return tx.execute(kPutUnbatched, batch.project_id, batch.batch_id, limit);
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
