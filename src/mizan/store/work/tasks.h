// Tasks as the lab sees them: what was imported, with where it stands. Tasks of an import that is still
// staging are not there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/task_states.h"

namespace mizan::store {

struct TaskRow {
  domain::TaskId task_id;
  std::string external_id;
  std::string domain;
  std::string language;
  std::string payload;
  std::optional<std::string> pre_annotation{};
  Instant created_at{};
  TaskStateRow state{};
  std::int64_t priority = 0;
};

[[nodiscard]] Result<std::optional<TaskRow>> find_task(Transaction& tx, domain::ProjectId project,
                                                       domain::TaskId task);
[[nodiscard]] Result<std::optional<TaskRow>> find_task_by_external_id(Transaction& tx,
                                                                      domain::ProjectId project,
                                                                      std::string_view external_id);

struct TaskPage {
  domain::ProjectId project_id;
  domain::TaskId after{};
  std::int64_t limit = 100;
  std::string_view state{};  ///< empty = every
  std::optional<domain::BatchId> batch{};
};
/// By id, later than `after`.
/// @cost O(limit) without a filter; a filter that few tasks pass looks at all of them
[[nodiscard]] Result<std::vector<TaskRow>> list_tasks(Transaction& tx, const TaskPage& page);

}  // namespace mizan::store
