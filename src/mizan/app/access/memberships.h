// Memberships between their rows and the rules: texts to values, and a supplier's role spread over its
// projects.
#pragma once

#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/access.h"
#include "mizan/store/access/memberships.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

/// The role and scope of a row as the rules know them.
/// @errors invalid_argument: a role or scope of another name
struct RoleAtScope {
  std::string_view role;
  std::string_view scope;
  std::int64_t scope_id = 0;
};
[[nodiscard]] Result<rules::Membership> membership_of(const RoleAtScope& row);
/// The row of a membership that is held at the organisation, one project or one supplier.
[[nodiscard]] store::MembershipRow membership_row(domain::AccountId account,
                                                  const rules::Membership& membership, Instant granted_at);
/// "organisation", "project" or "supplier", and whose.
[[nodiscard]] RoleAtScope role_at_scope(const rules::Membership& membership);

/// A membership at a supplier becomes one at the supplier and one at each project that the supplier is on.
[[nodiscard]] Result<std::vector<rules::Membership>> spread_over_projects(
    store::Transaction& tx, const std::vector<rules::Membership>& held);

/// Everything an account holds, spread.
[[nodiscard]] Result<std::vector<rules::Membership>> load_memberships(store::Transaction& tx,
                                                                      domain::AccountId account);

}  // namespace mizan::app
