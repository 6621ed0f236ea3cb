// The blueprint of a project: everything that makes it what it is, without ids, names and work. A clone is
// another project with the same blueprint.
#pragma once

#include <string>

#include "mizan/app/access/caller.h"
#include "mizan/app/projects/projects.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

/// Instructions, settings, every template version with the class codes, and the suppliers with their terms,
/// as JSON with a fixed order: blueprints of equal projects are equal texts.
/// @errors not_found
[[nodiscard]] Result<std::string> read_blueprint(Service& service, const Caller& caller,
                                                 domain::ProjectId id);

struct CloneProject {
  domain::ProjectId project_id;
  std::string name;  ///< of the clone
};
/// Makes a project with a new id and the same blueprint: no tasks, no batches, no annotations.
/// @errors not_found; invalid_argument; conflict: the name is another project's
[[nodiscard]] Result<Project> clone_project(Service& service, const Caller& caller,
                                            const CloneProject& command);

}  // namespace mizan::app
