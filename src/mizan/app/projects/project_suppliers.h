// Which suppliers work on a project: what each may see of the tasks, and what it is paid for an annotation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/project_suppliers.h"

namespace mizan::app {

using ProjectSupplier = store::ProjectSupplierRow;

struct ProjectSupplierKey {
  domain::ProjectId project_id;
  domain::SupplierId supplier_id;
};

/// What a supplier gets with a project.
struct ProjectSupplierTerms {
  std::optional<std::vector<std::string>> granted_fields{};  ///< members of the payload; nothing = all
  std::optional<std::int64_t> price_micros{};                ///< of one annotation; nothing = not known
  std::string currency{};                                    ///< ISO 4217, three capitals; with a price only
};

/// Lets a supplier work on a project.
/// @errors invalid_argument; not_found: the project or the supplier; conflict: it is on the project already;
///         illegal_transition: the project is archived
[[nodiscard]] Result<ProjectSupplier> add_project_supplier(Service& service, const Caller& caller,
                                                           const ProjectSupplierKey& key,
                                                           const ProjectSupplierTerms& terms);

/// @errors not_found: also for what the caller may not see
[[nodiscard]] Result<ProjectSupplier> read_project_supplier(Service& service, const Caller& caller,
                                                            const ProjectSupplierKey& key);

/// The suppliers of a project; a supplier's own people see it alone.
[[nodiscard]] Result<std::vector<ProjectSupplier>> list_project_suppliers(Service& service,
                                                                          const Caller& caller,
                                                                          domain::ProjectId project_id);

struct UpdateProjectSupplier {
  ProjectSupplierKey key;
  std::int64_t version = 0;
  ProjectSupplierTerms terms{};  ///< all of them: what is not given is taken away
};
/// @errors precondition_failed, not_found, invalid_argument
[[nodiscard]] Result<ProjectSupplier> update_project_supplier(Service& service, const Caller& caller,
                                                              const UpdateProjectSupplier& command);

}  // namespace mizan::app
