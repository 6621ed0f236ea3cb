#include "mizan/app/projects/revoke.h"

#include <string>

#include "mizan/app/work/end_assignment.h"
#include "mizan/store/projects/suppliers.h"

namespace mizan::app {

Result<std::int64_t> revoke_live_assignments(Service& service, const Revocation& whose) {
  const RevokeMany some{.supplier = whose.supplier_id.value_or(domain::SupplierId{}),
                        .annotator = whose.annotator_id.value_or(domain::AnnotatorId{}),
                        .project = whose.project_id,
                        .reason = std::string(whose.reason)};
  std::int64_t count = 0;
  while (true) {
    MIZAN_TRY(const auto revoked, service.database().write([&](store::Transaction& tx) {
      return revoke_assignments(tx, service, some);
    }));
    count += revoked;
    if (revoked == 0) return count;
  }
}

Result<std::int64_t> revoke_of_suspended(Service& service) {
  MIZAN_TRY(const auto holders,
            service.database().read([](store::Transaction& tx) { return store::suspended_holders(tx); }));
  MIZAN_TRY(const auto annotators, service.database().read([](store::Transaction& tx) {
    return store::suspended_annotators_at_work(tx);
  }));
  std::int64_t count = 0;
  for (const store::SuspendedHolder& holder : holders) {
    MIZAN_TRY(const auto revoked, revoke_live_assignments(service, {.supplier_id = holder.supplier_id,
                                                                    .project_id = holder.project_id,
                                                                    .reason = "supplier_suspended"}));
    count += revoked;
  }
  for (const domain::AnnotatorId annotator : annotators) {
    MIZAN_TRY(const auto revoked,
              revoke_live_assignments(service, {.annotator_id = annotator, .reason = "annotator_suspended"}));
    count += revoked;
  }
  return count;
}

}  // namespace mizan::app
