#include "mizan/store/work/task_table.h"

#include <algorithm>
#include <cmath>

namespace mizan::store {
namespace {

// $14, part of an external id: taking it out changes the id. Both databases know `replace`.
#define MIZAN_TASKS_OF_WALK(walk)                                                                           \
  "SELECT t.task_id, t.external_id, t.domain, t.language, t.created_at_us, s.state, s.wanted_count, "       \
  "s.live_count, s.done_count, s.batch_id, l.rank, c.class_code, c.confidence, c.top_share, "               \
  "COALESCE(c.label_count, 0), COALESCE(c.basis, ''), w.bin FROM (" walk                                    \
  "LIMIT $15) w "                                                                                           \
  "JOIN tasks t ON t.project_id = $1 AND t.task_id = w.task_id "                                            \
  "JOIN task_states s ON s.project_id = $1 AND s.task_id = w.task_id "                                      \
  "JOIN lanes l ON l.project_id = $1 AND l.lane_id = s.lane_id "                                            \
  "LEFT JOIN consensus c ON c.project_id = $1 AND c.task_id = w.task_id AND c.question = $3 "               \
  "WHERE w.bin >= $4 AND w.bin <= $5 AND COALESCE(c.confidence, -1) >= $17 AND COALESCE(c.confidence, -1) " \
  "< $6 "                                                                                                   \
  "AND ($7 = '' OR s.state = $7) AND ($8 = 0 OR s.batch_id = $8) AND ($9 = '' OR t.domain = $9) "           \
  "AND ($10 = '' OR t.language = $10) AND COALESCE(c.top_share, 1) < $11 "                                  \
  "AND ($12 = 0 OR EXISTS (SELECT 1 FROM annotations a WHERE a.project_id = $1 "                            \
  "AND a.task_id = w.task_id AND a.supplier_id = $12)) "                                                    \
  "AND ($13 = 0 OR EXISTS (SELECT 1 FROM annotations a WHERE a.project_id = $1 "                            \
  "AND a.task_id = w.task_id AND a.annotator_id = $13)) "                                                   \
  "AND ($14 = '' OR REPLACE(t.external_id, $14, '') <> t.external_id) "                                     \
  "ORDER BY w.bin, w.task_id LIMIT $16"

constexpr Query kWalkByTask{"walk_tasks_by_task", MIZAN_TASKS_OF_WALK(MIZAN_WALK_BY_TASK)};
constexpr Query kWalkByState{"walk_tasks_by_state", MIZAN_TASKS_OF_WALK(MIZAN_WALK_BY_STATE("$7"))};
constexpr Query kWalkByBatch{"walk_tasks_by_batch", MIZAN_TASKS_OF_WALK(MIZAN_WALK_BY_BATCH("$8"))};
constexpr Query kWalkByConfidence{"walk_tasks_by_confidence", MIZAN_TASKS_OF_WALK(MIZAN_WALK_BY_CONFIDENCE)};
#undef MIZAN_TASKS_OF_WALK
constexpr Query kCountAfter{"count_tasks_after", "SELECT COUNT(*) FROM (" MIZAN_WALK_BY_TASK "LIMIT 1000) w"};

const Query& query_of(TaskOrder order) {
  switch (order) {
    case TaskOrder::by_state:
      return kWalkByState;
    case TaskOrder::by_batch:
      return kWalkByBatch;
    case TaskOrder::by_confidence:
      return kWalkByConfidence;
    case TaskOrder::by_task:
      break;
  }
  return kWalkByTask;
}

TaskTableRow table_row(const Row& row) {
  return {.task_id = row.id<domain::TaskId>(0),
          .external_id = row.string(1),
          .domain = row.string(2),
          .language = row.string(3),
          .created_at = row.instant(4),
          .state = row.string(5),
          .wanted_count = row.integer(6),
          .live_count = row.integer(7),
          .done_count = row.integer(8),
          .batch = row.maybe_id<domain::BatchId>(9),
          .priority = row.integer(10) >> 1,
          .class_code = row.maybe_integer(11),
          .confidence = row.maybe_real(12),
          .top_share = row.maybe_real(13),
          .label_count = row.integer(14),
          .basis = row.string(15),
          .confidence_bin = row.integer(16)};
}

// A range of confidence begins at its bin, and ends with it.
TaskPlace start_of(const TaskTableFilter& filter, const TaskWalk& walk) {
  const TaskPlace first{.task = {}, .confidence_bin = confidence_bin(filter.confidence_from)};
  const bool is_before =
      walk.order == TaskOrder::by_confidence && walk.after.confidence_bin < first.confidence_bin;
  return is_before ? first : walk.after;
}

}  // namespace

std::int64_t confidence_bin(double confidence) {
  const double bin = std::floor(std::clamp(confidence, -1.0, 1.0) * static_cast<double>(kConfidenceBins));
  return std::clamp(static_cast<std::int64_t>(bin), std::int64_t{-1}, kConfidenceBins - 1);
}

Result<std::vector<TaskTableRow>> walk_tasks(Transaction& tx, const TaskTableFilter& filter,
                                             const TaskWalk& walk) {
  const TaskPlace after = start_of(filter, walk);
  return tx.rows(query_of(walk.order), table_row, filter.project, after.task, filter.question,
                 after.confidence_bin, confidence_bin(filter.confidence_below), filter.confidence_below,
                 filter.state, filter.batch ? filter.batch->value : 0, filter.domain, filter.language,
                 filter.top_share_below, filter.supplier ? filter.supplier->value : 0,
                 filter.annotator ? filter.annotator->value : 0, filter.search, walk.most_looked_at,
                 walk.limit, filter.confidence_from);
}

Result<std::optional<TaskPlace>> end_of_walk(Transaction& tx, const TaskTableFilter& filter,
                                             const TaskWalk& walk) {
  const auto place = [](const Row& row) { return TaskPlace{row.id<domain::TaskId>(0), row.integer(1)}; };
  const std::int64_t last = walk.most_looked_at - 1;
  const TaskPlace start = start_of(filter, walk);
  const domain::TaskId after = start.task;
  switch (walk.order) {
    case TaskOrder::by_state:
      return tx.maybe_row(kEndOfWalkByState, place, filter.project, after, filter.state, last);
    case TaskOrder::by_batch:
      return tx.maybe_row(kEndOfWalkByBatch, place, filter.project, after,
                          filter.batch ? filter.batch->value : 0, last);
    case TaskOrder::by_confidence:
      return tx.maybe_row(kEndOfWalkByConfidence, place, filter.project, after, filter.question,
                          start.confidence_bin, confidence_bin(filter.confidence_below), last);
    case TaskOrder::by_task:
      break;
  }
  return tx.maybe_row(kEndOfWalkByTask, place, filter.project, after, last);
}

Result<std::int64_t> count_tasks_after(Transaction& tx, domain::ProjectId project, domain::TaskId after) {
  return tx.row(
      kCountAfter, [](const Row& row) { return row.integer(0); }, project, after);
}

}  // namespace mizan::store
