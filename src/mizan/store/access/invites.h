// Invites: links that make an account or give it a role. Only a hash of the link's token is stored.
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

struct InviteRow {
  domain::InviteId invite_id;
  Blob secret_hash;   ///< SHA-256 of the token
  std::string email;  ///< lower case; empty in the link that makes the first owner
  std::string role;
  std::string scope;  ///< organisation | project | supplier
  std::int64_t scope_id = 0;
  domain::AccountId invited_by{};  ///< 0 = Mizan itself
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> accepted_at{};
  std::optional<Instant> revoked_at{};
};

/// Twice with the same row is once.
[[nodiscard]] Result<void> insert_invite(Transaction& tx, const InviteRow& row);
/// Whether open or not.
[[nodiscard]] Result<std::optional<InviteRow>> find_invite_by_hash(Transaction& tx, BlobView secret_hash);
[[nodiscard]] Result<std::optional<InviteRow>> find_invite(Transaction& tx, domain::InviteId id);
/// The next invites after an id, by id, that are neither accepted nor revoked.
[[nodiscard]] Result<std::vector<InviteRow>> open_invites_after(Transaction& tx, domain::InviteId after,
                                                                std::int64_t limit);
/// @out false: it was accepted or revoked before
[[nodiscard]] Result<bool> accept_invite(Transaction& tx, domain::InviteId id, Instant at);
/// @out false: it was accepted or revoked before
[[nodiscard]] Result<bool> revoke_invite(Transaction& tx, domain::InviteId id, Instant at);
/// Takes the address out of every invite that carries it, and revokes those that are open.
[[nodiscard]] Result<void> blank_invites_of_email(Transaction& tx, std::string_view email, Instant at);

}  // namespace mizan::store
