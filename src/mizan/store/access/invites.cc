#include "mizan/store/access/invites.h"

namespace mizan::store {
namespace {

constexpr Query kInsertInvite{
    "insert_invite",
    "INSERT INTO invites (invite_id, secret_hash, email, role, scope, scope_id, invited_by, created_at_us, "
    "expires_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"};
constexpr Query kFindInviteByHash{
    "find_invite_by_hash",
    "SELECT invite_id, secret_hash, email, role, scope, scope_id, invited_by, created_at_us, expires_at_us, "
    "accepted_at_us, revoked_at_us FROM invites WHERE secret_hash = $1"};
constexpr Query kFindInvite{
    "find_invite",
    "SELECT invite_id, secret_hash, email, role, scope, scope_id, invited_by, created_at_us, expires_at_us, "
    "accepted_at_us, revoked_at_us FROM invites WHERE invite_id = $1"};
constexpr Query kOpenInvites{
    "open_invites_after",
    "SELECT invite_id, secret_hash, email, role, scope, scope_id, invited_by, created_at_us, expires_at_us, "
    "accepted_at_us, revoked_at_us FROM invites WHERE invite_id > $1 AND accepted_at_us IS NULL "
    "AND revoked_at_us IS NULL AND email <> '' ORDER BY invite_id LIMIT $2"};
constexpr Query kAcceptInvite{
    "accept_invite",
    "UPDATE invites SET accepted_at_us = $2 WHERE invite_id = $1 AND accepted_at_us IS NULL "
    "AND revoked_at_us IS NULL"};
constexpr Query kRevokeInvite{
    "revoke_invite",
    "UPDATE invites SET revoked_at_us = $2 WHERE invite_id = $1 AND accepted_at_us IS NULL "
    "AND revoked_at_us IS NULL"};
constexpr Query kRevokeInvitesOfEmail{
    "revoke_invites_of_email",
    "UPDATE invites SET revoked_at_us = $2 WHERE email = $1 AND accepted_at_us IS NULL "
    "AND revoked_at_us IS NULL"};
constexpr Query kBlankInvitesOfEmail{"blank_invites_of_email",
                                     "UPDATE invites SET email = '' WHERE email = $1"};

InviteRow invite_of(const Row& row) {
  const BlobView hash = row.blob(1);
  return {.invite_id = row.id<domain::InviteId>(0),
          .secret_hash = Blob(hash.begin(), hash.end()),
          .email = row.string(2),
          .role = row.string(3),
          .scope = row.string(4),
          .scope_id = row.integer(5),
          .invited_by = row.id<domain::AccountId>(6),
          .created_at = row.instant(7),
          .expires_at = row.instant(8),
          .accepted_at = row.maybe_instant(9),
          .revoked_at = row.maybe_instant(10)};
}

}  // namespace

Result<void> insert_invite(Transaction& tx, const InviteRow& row) {
  MIZAN_CHECK_OK(tx.execute(kInsertInvite, row.invite_id, row.secret_hash, row.email, row.role, row.scope,
                            row.scope_id, row.invited_by, row.created_at, row.expires_at));
  return {};
}

Result<std::optional<InviteRow>> find_invite_by_hash(Transaction& tx, BlobView secret_hash) {
  return tx.maybe_row(kFindInviteByHash, invite_of, secret_hash);
}

Result<std::optional<InviteRow>> find_invite(Transaction& tx, domain::InviteId id) {
  return tx.maybe_row(kFindInvite, invite_of, id);
}

Result<std::vector<InviteRow>> open_invites_after(Transaction& tx, domain::InviteId after,
                                                  std::int64_t limit) {
  return tx.rows(kOpenInvites, invite_of, after, limit);
}

Result<bool> accept_invite(Transaction& tx, domain::InviteId id, Instant at) {
  MIZAN_TRY(const std::int64_t count, tx.execute(kAcceptInvite, id, at));
  return count > 0;
}

Result<bool> revoke_invite(Transaction& tx, domain::InviteId id, Instant at) {
  MIZAN_TRY(const std::int64_t count, tx.execute(kRevokeInvite, id, at));
  return count > 0;
}

Result<void> blank_invites_of_email(Transaction& tx, std::string_view email, Instant at) {
  MIZAN_CHECK_OK(tx.execute(kRevokeInvitesOfEmail, email, at));
  MIZAN_CHECK_OK(tx.execute(kBlankInvitesOfEmail, email));
  return {};
}

}  // namespace mizan::store
