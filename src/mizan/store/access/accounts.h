// Accounts: who may sign in. Personal data is in this table, in sessions and in pending invites, and nowhere
// else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct AccountRow {
  domain::AccountId account_id;
  std::optional<std::string> email;  ///< lower case; nothing once erased
  std::string name;
  std::string password_hash;
  std::optional<Blob> totp_secret{};   ///< nothing = no second factor
  std::optional<Blob> totp_pending{};  ///< enrolled, but no code of it has been seen yet
  std::int64_t totp_last_step = 0;
  std::string recovery_hashes = "[]";  ///< JSON list of hexadecimal SHA-256
  std::string state = "active";        ///< active | suspended | erased
  std::string language = "en";         ///< en | ar
  std::string settings = "{}";         ///< JSON object of the web app
  Instant created_at;
  std::int64_t version = 1;
};

/// @out false: another account has this e-mail address, and nothing was done. Twice with the same row is
/// once.
[[nodiscard]] Result<bool> insert_account(Transaction& tx, const AccountRow& row);
[[nodiscard]] Result<std::optional<AccountRow>> find_account(Transaction& tx, domain::AccountId id);
[[nodiscard]] Result<std::optional<AccountRow>> find_account_by_email(Transaction& tx,
                                                                      std::string_view email);

/// Writes name, language and settings over the row whose version is row.version, and raises the version.
/// @out false: the row has another version by now
[[nodiscard]] Result<bool> update_profile(Transaction& tx, const AccountRow& row);
[[nodiscard]] Result<void> set_password_hash(Transaction& tx, domain::AccountId id, std::string_view hash);
/// Writes totp_secret, totp_pending and recovery_hashes.
[[nodiscard]] Result<void> set_second_factor(Transaction& tx, const AccountRow& row);
/// @out false: this step or a newer one was used before
[[nodiscard]] Result<bool> use_totp_step(Transaction& tx, domain::AccountId id, std::int64_t step);
/// Writes the list that is left when a recovery code was used.
/// @out false: the list is no longer `before`
struct RecoveryChange {
  domain::AccountId account_id;
  std::string_view before;
  std::string_view after;
};
[[nodiscard]] Result<bool> use_recovery_code(Transaction& tx, const RecoveryChange& change);
/// @out false: there is no such account, or it is erased
[[nodiscard]] Result<bool> set_account_state(Transaction& tx, domain::AccountId id, std::string_view state);
/// Blanks every personal datum of the row for good; its id stays, for the labels and the audit log that name
/// it.
/// @out false: there is no such account
[[nodiscard]] Result<bool> erase_account(Transaction& tx, domain::AccountId id);

}  // namespace mizan::store
