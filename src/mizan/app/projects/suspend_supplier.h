// The kill switch of a supplier: one command stops everything that it has and would be given, in all projects
// or in one; one command lets it go on.
//
//   suspend   no lease that begins after its commit; live ones are revoked before it returns, some hundreds
//   in
//             a transaction, and their tasks go back to the queue for others. A lease that was under way at
//             the commit (PostgreSQL), or that a crash left, is revoked by the background work within a
//             second or two. What was submitted stays, and is paid.
//   resume    new assignments again; what was revoked stays revoked.
#pragma once

#include <cstdint>

#include "mizan/app/access/caller.h"
#include "mizan/app/projects/project_suppliers.h"
#include "mizan/app/projects/suppliers.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct SupplierSuspended {
  Supplier supplier;
  std::int64_t revoked_count = 0;  ///< live assignments that were taken back
};
/// Suspending again takes back what a crash may have left.
/// @errors not_found
[[nodiscard]] Result<SupplierSuspended> suspend_supplier(Service& service, const Caller& caller,
                                                         domain::SupplierId id);
/// @errors not_found
[[nodiscard]] Result<Supplier> resume_supplier(Service& service, const Caller& caller, domain::SupplierId id);

struct ProjectSupplierSuspended {
  ProjectSupplier grant;
  std::int64_t revoked_count = 0;
};
/// The same in one project.
/// @errors not_found
[[nodiscard]] Result<ProjectSupplierSuspended> suspend_project_supplier(Service& service,
                                                                        const Caller& caller,
                                                                        const ProjectSupplierKey& key);
/// @errors not_found
[[nodiscard]] Result<ProjectSupplier> resume_project_supplier(Service& service, const Caller& caller,
                                                              const ProjectSupplierKey& key);

}  // namespace mizan::app
