// The table of a project's tasks as people look through it: narrow rows without payloads, with what is
// believed of one question, filtered. Tasks of an import that is still staging are not there.
//
// Good for a million tasks whatever is asked: a walk follows one index, looks at no more than a bounded
// number of tasks, and says where it stopped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct TaskTableRow {
  domain::TaskId task_id;
  std::string external_id;
  std::string domain;
  std::string language;
  Instant created_at{};
  std::string state;
  std::int64_t wanted_count = 0;
  std::int64_t live_count = 0;
  std::int64_t done_count = 0;
  std::optional<domain::BatchId> batch{};
  std::int64_t priority = 0;
  // Of the question that was asked for; absent while nothing is believed of it.
  std::optional<std::int64_t> class_code{};
  std::optional<double> confidence{};
  std::optional<double> top_share{};
  std::int64_t label_count = 0;
  std::string basis{};
  std::int64_t confidence_bin = -1;  ///< by_confidence alone
};

/// Which rows are shown; empty members let everything through.
struct TaskTableFilter {
  domain::ProjectId project{};
  std::string question{};  ///< whose consensus stands in the rows
  std::string state{};
  std::optional<domain::BatchId> batch{};
  std::string domain{};
  std::string language{};
  double confidence_from = -1;
  double confidence_below = 2;
  double top_share_below = 2;
  std::optional<domain::SupplierId> supplier{};    ///< has an annotation of it
  std::optional<domain::AnnotatorId> annotator{};  ///< has an annotation of theirs
  std::string search{};                            ///< part of the external id
};

/// Confidence in twentieths, which is how finely a walk by it tells tasks apart: in an index by confidence
/// itself no two submits would write to the same page.
inline constexpr std::int64_t kConfidenceBins = 20;
[[nodiscard]] std::int64_t confidence_bin(double confidence);

/// Which index the walk follows. by_confidence shows the least certain bin first, by task within, and only
/// tasks of which something is believed.
enum class TaskOrder : std::uint8_t { by_task, by_state, by_batch, by_confidence };

/// A place in a walk: everything up to here was looked at.
struct TaskPlace {
  domain::TaskId task{};
  std::int64_t confidence_bin = -1;  ///< by_confidence alone
};
struct TaskWalk {
  TaskOrder order = TaskOrder::by_task;
  TaskPlace after{};
  std::int64_t most_looked_at = 20'000;
  std::int64_t limit = 100;
};

/// The rows among the next `most_looked_at` tasks that pass the filter, in the walk's order.
[[nodiscard]] Result<std::vector<TaskTableRow>> walk_tasks(Transaction& tx, const TaskTableFilter& filter,
                                                           const TaskWalk& walk);
/// Where a walk that looks at `most_looked_at` tasks stops; nothing when it reaches the end before.
[[nodiscard]] Result<std::optional<TaskPlace>> end_of_walk(Transaction& tx, const TaskTableFilter& filter,
                                                           const TaskWalk& walk);

/// How many tasks follow one, up to a thousand.
[[nodiscard]] Result<std::int64_t> count_tasks_after(Transaction& tx, domain::ProjectId project,
                                                     domain::TaskId after);

// The walks alone, as far as plan tests hold them to their indexes. $1 = project, $2 = the task after which
// they go on.
#define MIZAN_WALK_BY_TASK                                      \
  "SELECT task_id, CAST(-1 AS BIGINT) AS bin FROM task_states " \
  "WHERE project_id = $1 AND task_id > $2 ORDER BY task_id "
#define MIZAN_WALK_BY_STATE(state)                              \
  "SELECT task_id, CAST(-1 AS BIGINT) AS bin FROM task_states " \
  "WHERE project_id = $1 AND task_id > $2 AND state = " state " ORDER BY task_id "
#define MIZAN_WALK_BY_BATCH(batch)                              \
  "SELECT task_id, CAST(-1 AS BIGINT) AS bin FROM task_states " \
  "WHERE project_id = $1 AND task_id > $2 AND batch_id = " batch " ORDER BY task_id "
#define MIZAN_WALK_BY_CONFIDENCE                                                                  \
  "SELECT task_id, confidence_bin AS bin FROM consensus WHERE project_id = $1 AND question = $3 " \
  "AND (confidence_bin, task_id) > ($4, $2) AND confidence_bin <= $5 ORDER BY confidence_bin, task_id "
inline constexpr Query kEndOfWalkByTask{"end_of_walk_by_task", MIZAN_WALK_BY_TASK "LIMIT 1 OFFSET $3"};
inline constexpr Query kEndOfWalkByState{"end_of_walk_by_state",
                                         MIZAN_WALK_BY_STATE("$3") "LIMIT 1 OFFSET $4"};
inline constexpr Query kEndOfWalkByBatch{"end_of_walk_by_batch",
                                         MIZAN_WALK_BY_BATCH("$3") "LIMIT 1 OFFSET $4"};
inline constexpr Query kEndOfWalkByConfidence{"end_of_walk_by_confidence",
                                              MIZAN_WALK_BY_CONFIDENCE "LIMIT 1 OFFSET $6"};

}  // namespace mizan::store
