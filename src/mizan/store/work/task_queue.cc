#include "mizan/store/work/task_queue.h"

#include <limits>

#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

// Both of a task t in the project $1, for the annotator $2. They are scalars, not EXISTS: PostgreSQL may turn
// that into a hash of the whole table, once for each lease.
#define MIZAN_WAS_HAD                                                                        \
  "COALESCE((SELECT 1 FROM assignments a WHERE a.project_id = $1 AND a.task_id = t.task_id " \
  "AND a.annotator_id = $2), 0) "
#define MIZAN_IS_GIVEN_OUT                                                                              \
  "CASE WHEN t.batch_id IS NULL THEN 1 ELSE COALESCE((SELECT 1 FROM batches b WHERE b.project_id = $1 " \
  "AND b.batch_id = t.batch_id AND b.state = 'running'), 0) END "

constexpr Query kNextTasks{
    "next_tasks",
    "SELECT t.task_id, t.position, t.wanted_count, t.live_count, t.done_count, t.batch_id, " MIZAN_WAS_HAD
    ", " MIZAN_IS_GIVEN_OUT
    "FROM task_states t WHERE t.project_id = $1 AND t.lane_id = $3 AND t.state = 'open' "
    "AND t.position > $4 ORDER BY t.position LIMIT $5"};
// PostgreSQL alone runs it. The task may have left the lane by the time that it is locked: state and lane are
// looked at again. An array, state || '' and lane_id + 0 leave its planner the primary key alone: for a table
// that was not analysed yet it would rather read all open tasks of the project, as if they were few.
constexpr Query kTakeFirstOpen{
    "take_first_open",
    "SELECT task_id, lane_id, position, wanted_count, live_count, done_count, batch_id FROM task_states "
    "WHERE project_id = $1 AND task_id = ANY(ARRAY(SELECT value::bigint FROM "
    "json_array_elements_text($2::json))) AND state || '' = 'open' "
    "AND lane_id + 0 = $3 ORDER BY position LIMIT 1 "
    "FOR UPDATE SKIP LOCKED"};
// PostgreSQL alone runs it: next_tasks and take_first_open in one, which stops at the task that it takes, and
// passes those that more than $6 are at work on.
constexpr Query kTakeFromHead{
    "take_from_head",
    "SELECT t.task_id, t.lane_id, t.position, t.wanted_count, t.live_count, t.done_count, t.batch_id, "
    "(SELECT f.position FROM task_states f WHERE f.project_id = $1 AND f.lane_id = $3 AND f.state = 'open' "
    "AND f.position > $4 ORDER BY f.position LIMIT 1), "
    "(SELECT p.payload FROM tasks p WHERE p.project_id = $1 AND p.task_id = t.task_id) "
    "FROM (SELECT q.task_id, q.position, q.live_count FROM task_states q WHERE q.project_id = $1 "
    "AND q.lane_id = $3 AND q.state = 'open' AND q.position > $4 ORDER BY q.position LIMIT $5) w "
    "JOIN task_states t ON t.project_id = $1 AND t.task_id = w.task_id "
    "WHERE w.live_count <= $6 AND t.state || '' = 'open' AND t.lane_id + 0 = $3 AND " MIZAN_WAS_HAD
    "= 0 AND " MIZAN_IS_GIVEN_OUT "= 1 ORDER BY w.position LIMIT 1 FOR UPDATE OF t SKIP LOCKED"};
constexpr Query kLaneHasWork{
    "lane_has_work",
    "SELECT 1 FROM task_states t WHERE t.project_id = $1 AND t.lane_id = $3 AND t.state = 'open' "
    "AND " MIZAN_WAS_HAD "= 0 AND " MIZAN_IS_GIVEN_OUT "= 1 LIMIT 1"};
#undef MIZAN_IS_GIVEN_OUT
#undef MIZAN_WAS_HAD
constexpr Query kFindPayload{"find_payload",
                             "SELECT payload FROM tasks WHERE project_id = $1 AND task_id = $2"};

rules::TaskCounts read_counts(const Row& row, int first) {
  return {.wanted_count = static_cast<int>(row.integer(first)),
          .live_count = static_cast<int>(row.integer(first + 1)),
          .done_count = static_cast<int>(row.integer(first + 2))};
}

TaskStateRow read_open_task(domain::ProjectId project, const Row& row) {
  return {.project_id = project,
          .task_id = row.id<domain::TaskId>(0),
          .state = rules::TaskState::open,
          .lane_id = row.integer(1),
          .position = row.integer(2),
          .counts = read_counts(row, 3),
          .batch_id = row.maybe_id<domain::BatchId>(6),
          .stored = QueuePlace{rules::TaskState::open, row.integer(1), row.integer(2)}};
}

}  // namespace

Result<std::vector<QueuedTask>> next_tasks(Transaction& tx, const LaneStretch& stretch) {
  const auto is_enough = [](const QueuedTask& task) { return !task.was_had && task.is_given_out; };
  return tx.rows_until(
      kNextTasks, is_enough,
      [&](const Row& row) {
        return QueuedTask{
            .task = {.project_id = stretch.project_id,
                     .task_id = row.id<domain::TaskId>(0),
                     .state = rules::TaskState::open,
                     .lane_id = stretch.lane_id,
                     .position = row.integer(1),
                     .counts = read_counts(row, 2),
                     .batch_id = row.maybe_id<domain::BatchId>(5),
                     .stored = QueuePlace{rules::TaskState::open, stretch.lane_id, row.integer(1)}},
            .was_had = row.boolean(6),
            .is_given_out = row.boolean(7)};
      },
      stretch.project_id, stretch.annotator_id, stretch.lane_id, stretch.after, stretch.limit);
}

Result<std::optional<HeadTask>> take_from_head(Transaction& tx, const LaneStretch& stretch) {
  std::optional<HeadTask> taken;
  if (tx.dialect() == Dialect::sqlite) return taken;
  for (const std::int64_t most_live : {std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    MIZAN_TRY(taken, tx.maybe_row(
                         kTakeFromHead,
                         [&](const Row& row) {
                           return HeadTask{.task = read_open_task(stretch.project_id, row),
                                           .payload = row.string(8),
                                           .first_open = row.integer(7)};
                         },
                         stretch.project_id, stretch.annotator_id, stretch.lane_id, stretch.after,
                         stretch.limit, most_live));
    if (taken) break;
  }
  return taken;
}

Result<std::optional<TaskStateRow>> take_first_open(Transaction& tx, std::span<const QueuedTask> candidates) {
  if (tx.dialect() == Dialect::sqlite) return candidates.front().task;
  std::vector<domain::TaskId> ids;
  for (const QueuedTask& candidate : candidates) ids.push_back(candidate.task.task_id);
  const domain::ProjectId project = candidates.front().task.project_id;
  return tx.maybe_row(
      kTakeFirstOpen, [&](const Row& row) { return read_open_task(project, row); }, project,
      integer_list(ids), candidates.front().task.lane_id);
}

Result<bool> lane_has_work(Transaction& tx, const LaneStretch& stretch) {
  MIZAN_TRY(const auto found, tx.maybe_row(
                                  kLaneHasWork, [](const Row&) { return true; }, stretch.project_id,
                                  stretch.annotator_id, stretch.lane_id));
  return found.has_value();
}

Result<std::string> find_payload(Transaction& tx, domain::ProjectId project, domain::TaskId task) {
  return tx.row(
      kFindPayload, [](const Row& row) { return row.string(0); }, project, task);
}

}  // namespace mizan::store
