// Gives checked tasks their ids, lanes, overlap and batch. Of this folder only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mizan/app/service.h"
#include "mizan/app/tasks/checked_task.h"
#include "mizan/domain/project_settings.h"
#include "mizan/store/projects/batches.h"
#include "mizan/store/work/task_import.h"

namespace mizan::app {

/// What an import must know of its project, read once.
struct ImportProject {
  domain::ProjectId project_id;
  domain::OverlapSettings overlap{};
  std::optional<domain::Template> task_template{};

  [[nodiscard]] const domain::Template* questions() const {
    return task_template ? &*task_template : nullptr;
  }
};
/// @errors not_found; illegal_transition: the project is archived
[[nodiscard]] Result<ImportProject> read_import_project(Service& service, domain::ProjectId project);

/// Not thread-safe.
class TaskPlanner {
 public:
  TaskPlanner(Service& service, const ImportProject& project) : service_(service), project_(project) {}

  /// @errors not_found: no such batch; illegal_transition: it takes no more tasks
  [[nodiscard]] Result<store::NewTask> plan(CheckedTask&& task);
  /// The lane of a planned task, which has that number until it is staged.
  [[nodiscard]] const store::LaneRow& lane(std::int64_t lane_id) const { return lanes_.at(lane_id); }

 private:
  [[nodiscard]] Result<const store::BatchRow*> find_batch(const std::string& name_or_id);

  Service& service_;
  const ImportProject& project_;
  std::unordered_map<std::string, std::optional<store::BatchRow>> batches_{};
  std::unordered_map<std::int64_t, store::LaneRow> lanes_{};
};

/// What a task of the batch is while it waits: open when the batch runs. Reads and holds the batch.
/// @errors illegal_transition: the batch takes no more tasks
[[nodiscard]] Result<rules::TaskState> state_in_batch(store::Transaction& tx, const store::BatchKey& batch);

}  // namespace mizan::app
