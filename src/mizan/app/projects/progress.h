// How far a project has come: counts, asked of the database each time, never kept.
#pragma once

#include <cstdint>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {

struct ProjectProgress {
  /// For those who see the whole project; gold tasks stand apart, as the state "gold".
  std::vector<store::TaskCount> tasks{};
  /// Annotations and live assignments by supplier: those that the caller may see.
  std::vector<store::SupplierCount> suppliers{};
};
/// @errors not_found
/// @cost   O(tasks + assignments of the project), over narrow rows and indexes
[[nodiscard]] Result<ProjectProgress> read_progress(Service& service, const Caller& caller,
                                                    domain::ProjectId id);

}  // namespace mizan::app
