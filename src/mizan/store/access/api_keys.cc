#include "mizan/store/access/api_keys.h"

namespace mizan::store {
namespace {

constexpr Query kInsertApiKey{
    "insert_api_key",
    "INSERT INTO api_keys (api_key_id, secret_hash, shown_prefix, name, account_id, role, scope, scope_id, "
    "created_at_us, expires_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING"};
constexpr Query kFindApiKeyByHash{
    "find_api_key_by_hash",
    "SELECT api_key_id, secret_hash, shown_prefix, name, account_id, role, scope, scope_id, created_at_us, "
    "expires_at_us, last_used_at_us, revoked_at_us FROM api_keys WHERE secret_hash = $1"};
constexpr Query kFindApiKey{
    "find_api_key",
    "SELECT api_key_id, secret_hash, shown_prefix, name, account_id, role, scope, scope_id, created_at_us, "
    "expires_at_us, last_used_at_us, revoked_at_us FROM api_keys WHERE api_key_id = $1"};
constexpr Query kApiKeysOfAccount{
    "api_keys_of_account",
    "SELECT api_key_id, secret_hash, shown_prefix, name, account_id, role, scope, scope_id, created_at_us, "
    "expires_at_us, last_used_at_us, revoked_at_us FROM api_keys WHERE account_id = $1 AND api_key_id > $2 "
    "ORDER BY api_key_id LIMIT $3"};
constexpr Query kAllApiKeys{
    "all_api_keys",
    "SELECT api_key_id, secret_hash, shown_prefix, name, account_id, role, scope, scope_id, created_at_us, "
    "expires_at_us, last_used_at_us, revoked_at_us FROM api_keys WHERE api_key_id > $1 ORDER BY api_key_id "
    "LIMIT $2"};
constexpr Query kTouchApiKey{"touch_api_key",
                             "UPDATE api_keys SET last_used_at_us = $2 WHERE api_key_id = $1"};
constexpr Query kRevokeApiKey{
    "revoke_api_key",
    "UPDATE api_keys SET revoked_at_us = $2 WHERE api_key_id = $1 AND revoked_at_us IS NULL"};
constexpr Query kRevokeApiKeysOfAccount{
    "revoke_api_keys_of_account",
    "UPDATE api_keys SET revoked_at_us = $2 WHERE account_id = $1 AND revoked_at_us IS NULL"};

ApiKeyRow api_key_of(const Row& row) {
  const BlobView hash = row.blob(1);
  return {.api_key_id = row.id<domain::ApiKeyId>(0),
          .secret_hash = Blob(hash.begin(), hash.end()),
          .shown_prefix = row.string(2),
          .name = row.string(3),
          .account_id = row.id<domain::AccountId>(4),
          .role = row.string(5),
          .scope = row.string(6),
          .scope_id = row.integer(7),
          .created_at = row.instant(8),
          .expires_at = row.maybe_instant(9),
          .last_used_at = row.maybe_instant(10),
          .revoked_at = row.maybe_instant(11)};
}

}  // namespace

Result<void> insert_api_key(Transaction& tx, const ApiKeyRow& row) {
  MIZAN_CHECK_OK(tx.execute(kInsertApiKey, row.api_key_id, row.secret_hash, row.shown_prefix, row.name,
                            row.account_id, row.role, row.scope, row.scope_id, row.created_at,
                            row.expires_at));
  return {};
}

Result<std::optional<ApiKeyRow>> find_api_key_by_hash(Transaction& tx, BlobView secret_hash) {
  return tx.maybe_row(kFindApiKeyByHash, api_key_of, secret_hash);
}

Result<std::optional<ApiKeyRow>> find_api_key(Transaction& tx, domain::ApiKeyId id) {
  return tx.maybe_row(kFindApiKey, api_key_of, id);
}

Result<std::vector<ApiKeyRow>> api_keys_after(Transaction& tx, const ApiKeyPage& page) {
  if (page.account_id)
    return tx.rows(kApiKeysOfAccount, api_key_of, *page.account_id, page.after, page.limit);
  return tx.rows(kAllApiKeys, api_key_of, page.after, page.limit);
}

Result<void> touch_api_key(Transaction& tx, domain::ApiKeyId id, Instant used_at) {
  MIZAN_CHECK_OK(tx.execute(kTouchApiKey, id, used_at));
  return {};
}

Result<bool> revoke_api_key(Transaction& tx, domain::ApiKeyId id, Instant at) {
  MIZAN_TRY(const std::int64_t count, tx.execute(kRevokeApiKey, id, at));
  return count > 0;
}

Result<void> revoke_api_keys_of_account(Transaction& tx, domain::AccountId id, Instant at) {
  MIZAN_CHECK_OK(tx.execute(kRevokeApiKeysOfAccount, id, at));
  return {};
}

}  // namespace mizan::store
