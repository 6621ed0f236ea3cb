#include "mizan/store/access/sessions.h"

namespace mizan::store {
namespace {

constexpr Query kInsertSession{
    "insert_session",
    "INSERT INTO sessions (session_hash, session_id, account_id, csrf_token, created_at_us, expires_at_us, "
    "last_seen_at_us, address, agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"};
constexpr Query kFindSession{
    "find_session",
    "SELECT session_hash, session_id, account_id, csrf_token, created_at_us, expires_at_us, "
    "last_seen_at_us, address, agent FROM sessions WHERE session_hash = $1"};
constexpr Query kSessionsOfAccount{"sessions_of_account",
                                   "SELECT session_hash, session_id, account_id, csrf_token, created_at_us, "
                                   "expires_at_us, last_seen_at_us, address, "
                                   "agent FROM sessions WHERE account_id = $1 ORDER BY session_id DESC"};
constexpr Query kTouchSession{
    "touch_session", "UPDATE sessions SET last_seen_at_us = $2, expires_at_us = $3 WHERE session_hash = $1"};
constexpr Query kDeleteSession{"delete_session",
                               "DELETE FROM sessions WHERE account_id = $1 AND session_id = $2"};
constexpr Query kDeleteOtherSessions{"delete_other_sessions",
                                     "DELETE FROM sessions WHERE account_id = $1 AND session_id <> $2"};
constexpr Query kDeleteExpiredSessions{"delete_expired_sessions",
                                       "DELETE FROM sessions WHERE expires_at_us < $1"};

SessionRow session_of(const Row& row) {
  const BlobView hash = row.blob(0);
  return {.session_hash = Blob(hash.begin(), hash.end()),
          .session_id = row.id<domain::SessionId>(1),
          .account_id = row.id<domain::AccountId>(2),
          .csrf_token = row.string(3),
          .created_at = row.instant(4),
          .expires_at = row.instant(5),
          .last_seen_at = row.instant(6),
          .address = row.string(7),
          .agent = row.string(8)};
}

}  // namespace

Result<void> insert_session(Transaction& tx, const SessionRow& row) {
  MIZAN_CHECK_OK(tx.execute(kInsertSession, row.session_hash, row.session_id, row.account_id, row.csrf_token,
                            row.created_at, row.expires_at, row.last_seen_at, row.address, row.agent));
  return {};
}

Result<std::optional<SessionRow>> find_session(Transaction& tx, BlobView session_hash) {
  return tx.maybe_row(kFindSession, session_of, session_hash);
}

Result<std::vector<SessionRow>> sessions_of_account(Transaction& tx, domain::AccountId id) {
  return tx.rows(kSessionsOfAccount, session_of, id);
}

Result<void> touch_session(Transaction& tx, const SessionRow& row) {
  MIZAN_CHECK_OK(tx.execute(kTouchSession, row.session_hash, row.last_seen_at, row.expires_at));
  return {};
}

Result<bool> delete_session(Transaction& tx, domain::AccountId account_id, domain::SessionId session_id) {
  MIZAN_TRY(const std::int64_t count, tx.execute(kDeleteSession, account_id, session_id));
  return count > 0;
}

Result<void> delete_other_sessions(Transaction& tx, domain::AccountId account_id, domain::SessionId kept) {
  MIZAN_CHECK_OK(tx.execute(kDeleteOtherSessions, account_id, kept));
  return {};
}

Result<std::int64_t> delete_expired_sessions(Transaction& tx, Instant now) {
  return tx.execute(kDeleteExpiredSessions, now);
}

}  // namespace mizan::store
