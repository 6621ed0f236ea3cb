#include "mizan/store/access/memberships.h"

namespace mizan::store {
namespace {

constexpr Query kInsertMembership{
    "insert_membership",
    "INSERT INTO memberships (account_id, role, scope, scope_id, granted_at_us) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"};
constexpr Query kDeleteMembership{
    "delete_membership",
    "DELETE FROM memberships WHERE account_id = $1 AND role = $2 AND scope = $3 AND scope_id = $4"};
constexpr Query kDeleteMembershipsOfAccount{"delete_memberships_of_account",
                                            "DELETE FROM memberships WHERE account_id = $1"};
constexpr Query kMembershipsOfAccount{
    "memberships_of_account",
    "SELECT account_id, role, scope, scope_id, granted_at_us FROM memberships WHERE account_id = $1"};
constexpr Query kOwners{
    "owners",
    "SELECT m.account_id FROM memberships m JOIN accounts a ON a.account_id = m.account_id "
    "WHERE m.scope = 'organisation' AND m.scope_id = 0 AND m.role = 'owner' AND a.state = 'active'"};
constexpr Query kLockOwners{
    "lock_owners", kOwners.text,
    "SELECT m.account_id FROM memberships m JOIN accounts a ON a.account_id = m.account_id "
    "WHERE m.scope = 'organisation' AND m.scope_id = 0 AND m.role = 'owner' "
    "AND a.state = 'active' ORDER BY m.account_id FOR UPDATE"};
constexpr Query kProjectsReached{"projects_reached_by_supplier",
                                 "SELECT project_id FROM project_suppliers WHERE supplier_id = $1"};
constexpr Query kMembersAfter{
    "members_after",
    "SELECT m.account_id, m.role, m.scope, m.scope_id, m.granted_at_us, a.email, a.name, a.state "
    "FROM memberships m JOIN accounts a ON a.account_id = m.account_id "
    "WHERE (m.account_id, m.scope, m.scope_id, m.role) > ($1, $2, $3, $4) AND a.account_id >= $1 "
    "ORDER BY m.account_id, m.scope, m.scope_id, m.role LIMIT $5"};
constexpr Query kMembersAtScope{
    "members_at_scope",
    "SELECT m.account_id, m.role, m.scope, m.scope_id, m.granted_at_us, a.email, a.name, a.state "
    "FROM memberships m JOIN accounts a ON a.account_id = m.account_id "
    "WHERE m.scope = $1 AND m.scope_id = $2 AND (m.account_id, m.role) > ($3, $4) "
    "AND a.account_id >= $3 "
    "ORDER BY m.account_id, m.role LIMIT $5"};

MembershipRow membership_of(const Row& row) {
  return {.account_id = row.id<domain::AccountId>(0),
          .role = row.string(1),
          .scope = row.string(2),
          .scope_id = row.integer(3),
          .granted_at = row.instant(4)};
}

MemberRow member_of(const Row& row) {
  return {.membership = membership_of(row),
          .email = row.maybe_text(5),
          .name = row.string(6),
          .state = row.string(7)};
}

Result<std::int64_t> count_rows(Transaction& tx, const Query& query) {
  MIZAN_TRY(const auto owners, tx.rows(query, [](const Row& row) { return row.integer(0); }));
  return static_cast<std::int64_t>(owners.size());
}

}  // namespace

Result<void> insert_membership(Transaction& tx, const MembershipRow& row) {
  MIZAN_CHECK_OK(
      tx.execute(kInsertMembership, row.account_id, row.role, row.scope, row.scope_id, row.granted_at));
  return {};
}

Result<bool> delete_membership(Transaction& tx, const MembershipRow& row) {
  MIZAN_TRY(const std::int64_t count,
            tx.execute(kDeleteMembership, row.account_id, row.role, row.scope, row.scope_id));
  return count > 0;
}

Result<void> delete_memberships_of_account(Transaction& tx, domain::AccountId id) {
  MIZAN_CHECK_OK(tx.execute(kDeleteMembershipsOfAccount, id));
  return {};
}

Result<std::vector<MembershipRow>> memberships_of_account(Transaction& tx, domain::AccountId id) {
  return tx.rows(kMembershipsOfAccount, membership_of, id);
}

Result<std::int64_t> count_owners(Transaction& tx) {
  return count_rows(tx, kOwners);
}

Result<std::int64_t> lock_owners(Transaction& tx) {
  return count_rows(tx, kLockOwners);
}

Result<std::vector<domain::ProjectId>> projects_reached_by_supplier(Transaction& tx, domain::SupplierId id) {
  return tx.rows(
      kProjectsReached, [](const Row& row) { return row.id<domain::ProjectId>(0); }, id);
}

Result<std::vector<MemberRow>> members_after(Transaction& tx, const MemberPlace& place, std::int64_t limit) {
  return tx.rows(kMembersAfter, member_of, place.account_id, place.scope, place.scope_id, place.role, limit);
}

Result<std::vector<MemberRow>> members_at_scope(Transaction& tx, const ScopePage& page) {
  return tx.rows(kMembersAtScope, member_of, page.scope, page.scope_id, page.after, page.after_role,
                 page.limit);
}

}  // namespace mizan::store
