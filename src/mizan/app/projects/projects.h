// Projects: creating, reading, editing, pausing and archiving them.
//
//   active ⇄ paused        a paused project gives out nothing; answers to live assignments still count
//   active, paused ──▶ archived        for good: read only
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {

/// `settings` is empty for callers who see the project as a supplier does: how much gold there is, and who is
/// asked when, is not theirs to know.
using Project = store::ProjectRow;

struct CreateProject {
  std::string name;
  std::string instructions{};
  boost::json::object settings{};
};
/// @errors invalid_argument: with the place in the body; conflict: the name is another project's
[[nodiscard]] Result<Project> create_project(Service& service, const Caller& caller,
                                             const CreateProject& command);

/// @errors not_found
[[nodiscard]] Result<Project> read_project(Service& service, const Caller& caller, domain::ProjectId id);

struct ListProjects {
  domain::ProjectId after{};
  std::int64_t limit = 100;
};
/// The projects that the caller may see, by id; fewer than `limit` only when there are no more.
[[nodiscard]] Result<std::vector<Project>> list_projects(Service& service, const Caller& caller,
                                                         const ListProjects& query);

struct UpdateProject {
  domain::ProjectId project_id;
  std::int64_t version = 0;  ///< of the project that the caller read
  std::optional<std::string> name{};
  std::optional<std::string> instructions{};
  std::optional<boost::json::object> settings{};  ///< merged into what there is (RFC 7396)
};
/// @errors precondition_failed, invalid_argument, conflict; illegal_transition: it is archived
[[nodiscard]] Result<Project> update_project(Service& service, const Caller& caller,
                                             const UpdateProject& command);

enum class ProjectStep : std::uint8_t { pause, resume, archive };
/// @errors illegal_transition
[[nodiscard]] Result<Project> step_project(Service& service, const Caller& caller, domain::ProjectId id,
                                           ProjectStep step);

}  // namespace mizan::app
