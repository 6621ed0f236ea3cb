// The queue as an annotator walks it: the open tasks of a lane in order, and what a lease must know of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/task_states.h"

namespace mizan::store {

/// An open task as one annotator meets it.
struct QueuedTask {
  TaskStateRow task{};
  bool was_had = false;      ///< this annotator was given it before
  bool is_given_out = true;  ///< its batch runs, or it has none
};

struct LaneStretch {
  domain::ProjectId project_id;
  domain::AnnotatorId annotator_id;
  std::int64_t lane_id = 0;
  std::int64_t after = 0;  ///< positions later than this
  std::int64_t limit = 0;
};
/// The next open tasks of a lane, by position.
/// @cost O(limit), along the queue's index
[[nodiscard]] Result<std::vector<QueuedTask>> next_tasks(Transaction& tx, const LaneStretch& stretch);

/// A task taken from the head of a lane, and where the lane's open tasks begin.
struct HeadTask {
  TaskStateRow task{};
  std::string payload{};
  std::int64_t first_open = 0;  ///< position; before it there is nothing for anybody
};

/// PostgreSQL: takes for this transaction alone the first task of the stretch that is given out, that this
/// annotator did not have and no other transaction has taken at this moment. One that nobody is at work on
/// comes before the others: who answer the same task at the same moment wait for each other's row. Nothing on
/// SQLite, where nobody waits for a row.
/// @cost O(limit)
[[nodiscard]] Result<std::optional<HeadTask>> take_from_head(Transaction& tx, const LaneStretch& stretch);

/// Takes one of the candidates for this transaction alone: the first that is still open and that no other
/// transaction has taken at this moment. SQLite has one writer, so there it is the first.
/// @in candidates  by position, of one project; not empty
[[nodiscard]] Result<std::optional<TaskStateRow>> take_first_open(Transaction& tx,
                                                                  std::span<const QueuedTask> candidates);

/// Whether any open task of the lane was not yet given to this annotator and is given out.
/// @cost O(open tasks of the lane that this annotator had)
[[nodiscard]] Result<bool> lane_has_work(Transaction& tx, const LaneStretch& stretch);

/// The payload of a task: the JSON object as it was imported.
/// @errors not_found
[[nodiscard]] Result<std::string> find_payload(Transaction& tx, domain::ProjectId project,
                                               domain::TaskId task);

}  // namespace mizan::store
