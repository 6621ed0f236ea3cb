// What the verbs on a project's suppliers share: writing a changed one and telling of it.
#pragma once

#include <string_view>

#include "mizan/app/projects/change.h"
#include "mizan/app/projects/project_suppliers.h"

namespace mizan::app {

/// @errors not_found
[[nodiscard]] Result<ProjectSupplier> find_known_grant(store::Transaction& tx, const ProjectSupplierKey& key);

/// @in     grant  changed, with the version that was read
/// @errors precondition_failed: somebody else was faster
[[nodiscard]] Result<ProjectSupplier> save_project_supplier(store::Transaction& tx, const ChangeMaker& maker,
                                                            ProjectSupplier grant, std::string_view kind);

}  // namespace mizan::app
