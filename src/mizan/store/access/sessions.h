// Sessions: who is signed in in which browser. Only a hash of the cookie's token is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct SessionRow {
  Blob session_hash;  ///< SHA-256 of the token
  domain::SessionId session_id;
  domain::AccountId account_id;
  std::string csrf_token;
  Instant created_at;
  Instant expires_at;
  Instant last_seen_at;
  std::string address;
  std::string agent;
};

/// Twice with the same row is once.
[[nodiscard]] Result<void> insert_session(Transaction& tx, const SessionRow& row);
/// Whether expired or not.
[[nodiscard]] Result<std::optional<SessionRow>> find_session(Transaction& tx, BlobView session_hash);
[[nodiscard]] Result<std::vector<SessionRow>> sessions_of_account(Transaction& tx, domain::AccountId id);
/// Writes last_seen_at and expires_at.
[[nodiscard]] Result<void> touch_session(Transaction& tx, const SessionRow& row);
/// @out false: the account has no such session
[[nodiscard]] Result<bool> delete_session(Transaction& tx, domain::AccountId account_id,
                                          domain::SessionId session_id);
/// All but `kept`.
[[nodiscard]] Result<void> delete_other_sessions(Transaction& tx, domain::AccountId account_id,
                                                 domain::SessionId kept);
/// Those that ended before `now`.
[[nodiscard]] Result<std::int64_t> delete_expired_sessions(Transaction& tx, Instant now);

}  // namespace mizan::store
