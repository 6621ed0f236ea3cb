#include "mizan/app/access/memberships.h"

#include <string>
#include <utility>

namespace mizan::app {

Result<rules::Membership> membership_of(const RoleAtScope& row) {
  MIZAN_TRY(const rules::Role role, rules::kRoles.parse(row.role));
  if (row.scope == "organisation") return rules::Membership{role, rules::kOrganisation};
  if (row.scope == "project") return rules::Membership{role, rules::at(domain::ProjectId{row.scope_id})};
  if (row.scope == "supplier") return rules::Membership{role, rules::at(domain::SupplierId{row.scope_id})};
  return fail(ErrorCode::invalid_argument, "no scope is called \"" + std::string(row.scope) + "\"", "scope",
              "one of: organisation project supplier");
}

RoleAtScope role_at_scope(const rules::Membership& membership) {
  const std::string_view role = rules::to_text(membership.role);
  const rules::Scope& scope = membership.scope;
  if (scope.supplier.value != 0) return {.role = role, .scope = "supplier", .scope_id = scope.supplier.value};
  if (scope.project.value != 0) return {.role = role, .scope = "project", .scope_id = scope.project.value};
  return {.role = role, .scope = "organisation", .scope_id = 0};
}

store::MembershipRow membership_row(domain::AccountId account, const rules::Membership& membership,
                                    Instant granted_at) {
  const RoleAtScope row = role_at_scope(membership);
  return {.account_id = account,
          .role = std::string(row.role),
          .scope = std::string(row.scope),
          .scope_id = row.scope_id,
          .granted_at = granted_at};
}

Result<std::vector<rules::Membership>> spread_over_projects(store::Transaction& tx,
                                                            const std::vector<rules::Membership>& held) {
  std::vector<rules::Membership> spread;
  for (const rules::Membership& membership : held) {
    spread.push_back(membership);
    const domain::SupplierId supplier = membership.scope.supplier;
    if (supplier.value == 0) continue;
    MIZAN_TRY(const auto projects, store::projects_reached_by_supplier(tx, supplier));
    for (const domain::ProjectId project : projects)
      spread.push_back({membership.role, {.project = project, .supplier = supplier}});
  }
  return spread;
}

Result<std::vector<rules::Membership>> load_memberships(store::Transaction& tx, domain::AccountId account) {
  MIZAN_TRY(const auto rows, store::memberships_of_account(tx, account));
  std::vector<rules::Membership> held;
  for (const store::MembershipRow& row : rows) {
    MIZAN_TRY(const rules::Membership membership,
              membership_of({.role = row.role, .scope = row.scope, .scope_id = row.scope_id}));
    held.push_back(membership);
  }
  return spread_over_projects(tx, held);
}

}  // namespace mizan::app
