#include "mizan/store/access/accounts.h"

namespace mizan::store {
namespace {

constexpr Query kInsertAccount{
    "insert_account",
    "INSERT INTO accounts (account_id, email, name, password_hash, totp_secret, totp_pending, "
    "totp_last_step, "
    "recovery_hashes, state, language, settings, created_at_us, version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING"};
constexpr Query kFindAccount{
    "find_account",
    "SELECT account_id, email, name, password_hash, totp_secret, totp_pending, totp_last_step, "
    "recovery_hashes, "
    "state, language, settings, created_at_us, version FROM accounts WHERE account_id = $1"};
constexpr Query kFindAccountByEmail{
    "find_account_by_email",
    "SELECT account_id, email, name, password_hash, totp_secret, totp_pending, totp_last_step, "
    "recovery_hashes, "
    "state, language, settings, created_at_us, version FROM accounts WHERE email = $1"};
constexpr Query kUpdateProfile{
    "update_profile",
    "UPDATE accounts SET name = $3, language = $4, settings = $5, version = version + 1 "
    "WHERE account_id = $1 AND version = $2"};
constexpr Query kSetPasswordHash{
    "set_password_hash",
    "UPDATE accounts SET password_hash = $2, version = version + 1 WHERE account_id = $1"};
constexpr Query kSetSecondFactor{
    "set_second_factor",
    "UPDATE accounts SET totp_secret = $2, totp_pending = $3, recovery_hashes = $4, "
    "version = version + 1 WHERE account_id = $1"};
constexpr Query kUseTotpStep{
    "use_totp_step", "UPDATE accounts SET totp_last_step = $2 WHERE account_id = $1 AND totp_last_step < $2"};
constexpr Query kUseRecoveryCode{
    "use_recovery_code",
    "UPDATE accounts SET recovery_hashes = $3 WHERE account_id = $1 AND recovery_hashes = $2"};
constexpr Query kSetAccountState{"set_account_state",
                                 "UPDATE accounts SET state = $2, version = version + 1 "
                                 "WHERE account_id = $1 AND state <> 'erased'"};
constexpr Query kEraseAccount{
    "erase_account",
    "UPDATE accounts SET email = NULL, name = '', password_hash = '', totp_secret = NULL, totp_pending = "
    "NULL, "
    "recovery_hashes = '[]', state = 'erased', settings = '{}', version = version + 1 WHERE account_id = $1"};

std::optional<Blob> maybe_blob(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  const BlobView bytes = row.blob(column);
  return Blob(bytes.begin(), bytes.end());
}

AccountRow account_of(const Row& row) {
  return {.account_id = row.id<domain::AccountId>(0),
          .email = row.maybe_text(1),
          .name = row.string(2),
          .password_hash = row.string(3),
          .totp_secret = maybe_blob(row, 4),
          .totp_pending = maybe_blob(row, 5),
          .totp_last_step = row.integer(6),
          .recovery_hashes = row.string(7),
          .state = row.string(8),
          .language = row.string(9),
          .settings = row.string(10),
          .created_at = row.instant(11),
          .version = row.integer(12)};
}

Result<bool> changed(Result<std::int64_t> count) {
  MIZAN_TRY(const std::int64_t rows, std::move(count));
  return rows > 0;
}

}  // namespace

Result<bool> insert_account(Transaction& tx, const AccountRow& row) {
  MIZAN_CHECK_OK(tx.execute(kInsertAccount, row.account_id, row.email, row.name, row.password_hash,
                            row.totp_secret, row.totp_pending, row.totp_last_step, row.recovery_hashes,
                            row.state, row.language, row.settings, row.created_at, row.version));
  MIZAN_TRY(const auto found, find_account(tx, row.account_id));
  return found.has_value();
}

Result<std::optional<AccountRow>> find_account(Transaction& tx, domain::AccountId id) {
  return tx.maybe_row(kFindAccount, account_of, id);
}

Result<std::optional<AccountRow>> find_account_by_email(Transaction& tx, std::string_view email) {
  return tx.maybe_row(kFindAccountByEmail, account_of, email);
}

Result<bool> update_profile(Transaction& tx, const AccountRow& row) {
  return changed(
      tx.execute(kUpdateProfile, row.account_id, row.version, row.name, row.language, row.settings));
}

Result<void> set_password_hash(Transaction& tx, domain::AccountId id, std::string_view hash) {
  MIZAN_CHECK_OK(tx.execute(kSetPasswordHash, id, hash));
  return {};
}

Result<void> set_second_factor(Transaction& tx, const AccountRow& row) {
  MIZAN_CHECK_OK(
      tx.execute(kSetSecondFactor, row.account_id, row.totp_secret, row.totp_pending, row.recovery_hashes));
  return {};
}

Result<bool> use_totp_step(Transaction& tx, domain::AccountId id, std::int64_t step) {
  return changed(tx.execute(kUseTotpStep, id, step));
}

Result<bool> use_recovery_code(Transaction& tx, const RecoveryChange& change) {
  return changed(tx.execute(kUseRecoveryCode, change.account_id, change.before, change.after));
}

Result<bool> set_account_state(Transaction& tx, domain::AccountId id, std::string_view state) {
  return changed(tx.execute(kSetAccountState, id, state));
}

Result<bool> erase_account(Transaction& tx, domain::AccountId id) {
  return changed(tx.execute(kEraseAccount, id));
}

}  // namespace mizan::store
