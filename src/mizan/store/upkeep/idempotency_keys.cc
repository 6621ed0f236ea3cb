#include "mizan/store/upkeep/idempotency_keys.h"

#include <algorithm>

namespace mizan::store {
namespace {

// A row that was abandoned is taken over as if it were new.
constexpr Query kBeginRequest{
    "begin_request",
    "INSERT INTO idempotency_keys (caller, idempotency_key, request_hash, status, headers, body, "
    "created_at_us) "
    "VALUES ($1, $2, $3, 0, '', '', $4) "
    "ON CONFLICT (caller, idempotency_key) DO UPDATE SET created_at_us = excluded.created_at_us "
    "WHERE idempotency_keys.status = 0 AND idempotency_keys.created_at_us < $5 "
    "AND idempotency_keys.request_hash = excluded.request_hash"};
constexpr Query kFindRequest{"find_request",
                             "SELECT request_hash, status, headers, body FROM idempotency_keys "
                             "WHERE caller = $1 AND idempotency_key = $2"};
constexpr Query kFinishRequest{"finish_request",
                               "UPDATE idempotency_keys SET status = $3, headers = $4, body = $5 "
                               "WHERE caller = $1 AND idempotency_key = $2"};
constexpr Query kForgetRequest{
    "forget_request",
    "DELETE FROM idempotency_keys WHERE caller = $1 AND idempotency_key = $2 AND status = 0"};
constexpr Query kPurgeRequests{"purge_requests",
                               "DELETE FROM idempotency_keys WHERE (caller, idempotency_key) IN "
                               "(SELECT caller, idempotency_key FROM idempotency_keys "
                               "WHERE created_at_us < $1 ORDER BY created_at_us LIMIT $2)"};

}  // namespace

Result<BegunRequest> begin_request(Transaction& tx, const RequestKey& key, BlobView request_hash, Instant now,
                                   Instant abandoned_before) {
  MIZAN_TRY(const auto noted,
            tx.execute(kBeginRequest, key.caller, key.idempotency_key, request_hash, now, abandoned_before));
  if (noted == 1) return BegunRequest{KeyState::fresh};
  const auto to_begun = [&](const Row& row) -> BegunRequest {
    if (!std::ranges::equal(row.blob(0), request_hash)) return {KeyState::another_request};
    const auto status = static_cast<int>(row.integer(1));
    if (status == 0) return {KeyState::under_way};
    return {KeyState::finished, KeptResponse{status, row.string(2), row.string(3)}};
  };
  return tx.row(kFindRequest, to_begun, key.caller, key.idempotency_key);
}

Result<void> finish_request(Transaction& tx, const RequestKey& key, const KeptResponse& response) {
  return tx.queue(kFinishRequest, key.caller, key.idempotency_key, response.status, response.headers,
                  response.body);
}

Result<void> forget_request(Transaction& tx, const RequestKey& key) {
  return tx.queue(kForgetRequest, key.caller, key.idempotency_key);
}

Result<std::int64_t> purge_requests(Transaction& tx, Instant before, int most) {
  return tx.execute(kPurgeRequests, before, most);
}

}  // namespace mizan::store
