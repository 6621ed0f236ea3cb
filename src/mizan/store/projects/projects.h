// Projects: a labelling goal with its instructions and settings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct ProjectRow {
  domain::ProjectId project_id;
  std::string name;
  std::string state;                  ///< active | paused | archived
  std::string instructions;           ///< Markdown
  std::string settings;               ///< JSON of domain::ProjectSettings
  std::int64_t template_version = 0;  ///< the newest; 0 = none yet
  Instant created_at;
  std::int64_t version = 1;
};

/// @out false: another project has this name, and nothing was done. Twice with the same row is once.
[[nodiscard]] Result<bool> insert_project(Transaction& tx, const ProjectRow& row);
[[nodiscard]] Result<std::optional<ProjectRow>> find_project(Transaction& tx, domain::ProjectId id);
[[nodiscard]] Result<std::optional<ProjectRow>> find_project_by_name(Transaction& tx, std::string_view name);
/// The next projects after an id, by id.
[[nodiscard]] Result<std::vector<ProjectRow>> projects_after(Transaction& tx, domain::ProjectId after,
                                                             std::int64_t limit);
/// Writes name, state, instructions and settings over the row whose version is row.version, and raises the
/// version.
/// @out false: the row has another version by now
/// @errors conflict: another project has this name
[[nodiscard]] Result<bool> update_project(Transaction& tx, const ProjectRow& row);

/// Takes the next template version of a project, and raises the project's version.
/// @out the version that was taken; nothing when there is no such project
[[nodiscard]] Result<std::optional<std::int64_t>> take_template_version(Transaction& tx,
                                                                        domain::ProjectId id);

/// How many tasks are in a state, and what they want and have.
struct TaskCount {
  std::string state;
  std::int64_t task_count = 0;
  std::int64_t wanted_count = 0;  ///< annotations wanted by these tasks
  std::int64_t live_count = 0;    ///< live assignments
  std::int64_t done_count = 0;    ///< annotations that count
};
/// @cost O(tasks of the project), over narrow rows
[[nodiscard]] Result<std::vector<TaskCount>> count_tasks(Transaction& tx, domain::ProjectId id);

/// What a supplier has been given of a project.
struct SupplierCount {
  domain::SupplierId supplier_id;
  std::string state;  ///< of the assignments: live, submitted, skipped …
  std::int64_t assignment_count = 0;
};
/// @cost O(assignments of the project)
[[nodiscard]] Result<std::vector<SupplierCount>> count_by_supplier(Transaction& tx, domain::ProjectId id);

}  // namespace mizan::store
