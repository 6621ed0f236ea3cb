#include "mizan/app/projects/suspend_supplier.h"

#include <utility>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/projects/project_supplier_change.h"
#include "mizan/app/projects/revoke.h"
#include "mizan/app/projects/supplier_change.h"

namespace mizan::app {
namespace {

struct StateStep {
  std::string_view to;
  std::string_view kind;
};

Result<Supplier> step_supplier(Service& service, const Caller& caller, domain::SupplierId id,
                               const StateStep& step) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::suspend_supplier, rules::at(id)));
  const ChangeMaker maker{caller, service.now()};
  auto stepped = service.database().write([&](store::Transaction& tx) -> Result<Supplier> {
    MIZAN_TRY(Supplier supplier, find_known_supplier(tx, id));
    if (supplier.state == step.to) return supplier;
    supplier.state = step.to;
    return save_supplier(tx, maker, std::move(supplier), step.kind);
  });
  forget_callers(service);
  return stepped;
}

Result<ProjectSupplier> step_grant(Service& service, const Caller& caller, const ProjectSupplierKey& key,
                                   const StateStep& step) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_project_suppliers, rules::at(key.project_id)));
  const ChangeMaker maker{caller, service.now()};
  auto stepped = service.database().write([&](store::Transaction& tx) -> Result<ProjectSupplier> {
    MIZAN_TRY(ProjectSupplier grant, find_known_grant(tx, key));
    if (grant.state == step.to) return grant;
    grant.state = step.to;
    return save_project_supplier(tx, maker, std::move(grant), step.kind);
  });
  forget_callers(service);
  return stepped;
}

}  // namespace

Result<SupplierSuspended> suspend_supplier(Service& service, const Caller& caller, domain::SupplierId id) {
  MIZAN_TRY(Supplier supplier,
            step_supplier(service, caller, id, {.to = "suspended", .kind = "supplier.suspended"}));
  MIZAN_TRY(const auto revoked_count,
            revoke_live_assignments(service, {.supplier_id = id, .reason = "supplier_suspended"}));
  return SupplierSuspended{.supplier = std::move(supplier), .revoked_count = revoked_count};
}

Result<Supplier> resume_supplier(Service& service, const Caller& caller, domain::SupplierId id) {
  return step_supplier(service, caller, id, {.to = "active", .kind = "supplier.resumed"});
}

Result<ProjectSupplierSuspended> suspend_project_supplier(Service& service, const Caller& caller,
                                                          const ProjectSupplierKey& key) {
  MIZAN_TRY(ProjectSupplier grant,
            step_grant(service, caller, key, {.to = "suspended", .kind = "project_supplier.suspended"}));
  MIZAN_TRY(const auto revoked_count, revoke_live_assignments(service, {.supplier_id = key.supplier_id,
                                                                        .project_id = key.project_id,
                                                                        .reason = "supplier_suspended"}));
  return ProjectSupplierSuspended{.grant = std::move(grant), .revoked_count = revoked_count};
}

Result<ProjectSupplier> resume_project_supplier(Service& service, const Caller& caller,
                                                const ProjectSupplierKey& key) {
  return step_grant(service, caller, key, {.to = "active", .kind = "project_supplier.resumed"});
}

}  // namespace mizan::app
