// Single tasks: making one, reading them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/work/tasks.h"

namespace mizan::app {

struct CreateTask {
  domain::ProjectId project_id;
  std::string row;  ///< JSON object, as one row of an import (docs/formats/tasks.md)
};

struct CreatedTask {
  store::TaskRow task;
  bool is_new = true;  ///< false: it was there with the same content
};

/// Idempotent by external_id.
/// @errors those of a row of an import; conflict: the external id is taken by a task with other content,
/// which is named
[[nodiscard]] Result<CreatedTask> create_task(Service& service, const Caller& caller,
                                              const CreateTask& command);

/// @errors not_found
[[nodiscard]] Result<store::TaskRow> read_task(Service& service, const Caller& caller,
                                               domain::ProjectId project, domain::TaskId task);

struct ListTasks {
  domain::ProjectId project_id;
  domain::TaskId after{};
  std::int64_t limit = 100;
  std::string state{};        ///< empty = every
  std::string external_id{};  ///< empty = every
  std::optional<domain::BatchId> batch{};
};
/// By id, later than `after`.
/// @errors invalid_argument: no such state
[[nodiscard]] Result<std::vector<store::TaskRow>> list_tasks(Service& service, const Caller& caller,
                                                             const ListTasks& query);

}  // namespace mizan::app
