// Memberships: which account holds which role at which scope.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct MembershipRow {
  domain::AccountId account_id;
  std::string role;
  std::string scope;          ///< organisation | project | supplier
  std::int64_t scope_id = 0;  ///< of the project or supplier; 0 for the organisation
  Instant granted_at{};
};

/// Does nothing if it is there.
[[nodiscard]] Result<void> insert_membership(Transaction& tx, const MembershipRow& row);
/// @out false: there was none
[[nodiscard]] Result<bool> delete_membership(Transaction& tx, const MembershipRow& row);
[[nodiscard]] Result<void> delete_memberships_of_account(Transaction& tx, domain::AccountId id);
[[nodiscard]] Result<std::vector<MembershipRow>> memberships_of_account(Transaction& tx,
                                                                        domain::AccountId id);

/// How many active accounts are owners. `lock_owners` also keeps others from changing owners until this
/// transaction ends, so that of two owners not each can remove the other.
[[nodiscard]] Result<std::int64_t> count_owners(Transaction& tx);
[[nodiscard]] Result<std::int64_t> lock_owners(Transaction& tx);

/// Projects that a supplier is on, live or suspended.
[[nodiscard]] Result<std::vector<domain::ProjectId>> projects_reached_by_supplier(Transaction& tx,
                                                                                  domain::SupplierId id);

/// A membership with what is known of its account.
struct MemberRow {
  MembershipRow membership;
  std::optional<std::string> email;
  std::string name;
  std::string state;
};
/// Where a page of members begins: after this membership, in the order account, scope, scope id, role.
struct MemberPlace {
  domain::AccountId account_id{};
  std::string scope;
  std::int64_t scope_id = 0;
  std::string role;
};
[[nodiscard]] Result<std::vector<MemberRow>> members_after(Transaction& tx, const MemberPlace& place,
                                                           std::int64_t limit);
/// Memberships at one scope, by account.
struct ScopePage {
  std::string_view scope;
  std::int64_t scope_id = 0;
  domain::AccountId after{};
  std::string_view after_role{};
  std::int64_t limit = 100;
};
[[nodiscard]] Result<std::vector<MemberRow>> members_at_scope(Transaction& tx, const ScopePage& page);

}  // namespace mizan::store
