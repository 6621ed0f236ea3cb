#include "mizan/app/projects/revoke.h"

#include <string>

#include "mizan/app/work/end_assignment.h"

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

}  // namespace mizan::app
