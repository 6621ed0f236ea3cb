// API keys: how programs sign in. Only a hash of the secret is stored.
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

struct ApiKeyRow {
  domain::ApiKeyId api_key_id;
  Blob secret_hash;  ///< SHA-256 of the whole key
  std::string shown_prefix;
  std::string name;
  domain::AccountId account_id;  ///< who made it: the key reaches no further than this account does
  std::string role;
  std::string scope;  ///< organisation | project | supplier
  std::int64_t scope_id = 0;
  Instant created_at;
  std::optional<Instant> expires_at{};
  std::optional<Instant> last_used_at{};
  std::optional<Instant> revoked_at{};
};

/// Twice with the same row is once.
[[nodiscard]] Result<void> insert_api_key(Transaction& tx, const ApiKeyRow& row);
/// Whether expired, revoked or not.
[[nodiscard]] Result<std::optional<ApiKeyRow>> find_api_key_by_hash(Transaction& tx, BlobView secret_hash);
[[nodiscard]] Result<std::optional<ApiKeyRow>> find_api_key(Transaction& tx, domain::ApiKeyId id);
/// The next keys after an id, by id; of one account, or of all.
struct ApiKeyPage {
  std::optional<domain::AccountId> account_id{};
  domain::ApiKeyId after{};
  std::int64_t limit = 100;
};
[[nodiscard]] Result<std::vector<ApiKeyRow>> api_keys_after(Transaction& tx, const ApiKeyPage& page);
[[nodiscard]] Result<void> touch_api_key(Transaction& tx, domain::ApiKeyId id, Instant used_at);
/// @out false: there is no such key, or it was revoked before
[[nodiscard]] Result<bool> revoke_api_key(Transaction& tx, domain::ApiKeyId id, Instant at);
[[nodiscard]] Result<void> revoke_api_keys_of_account(Transaction& tx, domain::AccountId id, Instant at);

}  // namespace mizan::store
