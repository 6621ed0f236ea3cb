// Looking through the tasks of a project: filtered rows without payloads, a page at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/models/live_models.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/store/work/task_table.h"

namespace mizan::app {

struct BrowseTasks {
  store::TaskTableFilter filter;  ///< an empty question = the project's first
  bool least_certain_first = false;
  std::optional<store::TaskPlace> after{};
  std::int64_t limit = 100;
};
struct TaskTable {
  std::vector<store::TaskTableRow> rows;
  std::optional<store::TaskPlace> next{};  ///< nothing = that was all
  std::string question;
  std::shared_ptr<const ProjectClasses> classes;
};

/// A page may hold fewer rows than asked for, or none, and still have a next one: each looks at a bounded
/// number of tasks. Least certain first: by bin of confidence from page to page, by confidence within a page.
/// @errors invalid_argument: no such state, no such question
/// @cost   bounded, whatever the project holds
[[nodiscard]] Result<TaskTable> browse_tasks(Service& service, const Caller& caller, BrowseTasks query);

}  // namespace mizan::app
