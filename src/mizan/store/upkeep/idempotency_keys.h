// What became of requests that carried an Idempotency-Key: a retry gets the first answer, not a second
// effect.
//
//   (none) ──begin_request()──▶ under way ──finish_request()──▶ finished (kept until purge_requests)
//                                   └──────forget_request()───▶ (none): it failed so that it may be tried
//                                   again
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Keys are the caller's own: two callers may use the same one.
struct RequestKey {
  std::string_view caller;
  std::string_view idempotency_key;
};

struct KeptResponse {
  int status = 0;
  std::string headers;  ///< JSON
  std::string body;
};

enum class KeyState : std::uint8_t {
  fresh,            ///< this request is the first: do it, then finish or forget it
  under_way,        ///< the first is still being done
  finished,         ///< `response` is what it was answered
  another_request,  ///< the key came with another method, path or body before
};

struct BegunRequest {
  KeyState state;
  std::optional<KeptResponse> response{};
};

/// Notes the request, or finds it. One that has been under way since before `abandoned_before` was cut off
/// (its server died): it counts as fresh again.
/// @in request_hash  of method, path and body
[[nodiscard]] Result<BegunRequest> begin_request(Transaction& tx, const RequestKey& key,
                                                 BlobView request_hash, Instant now,
                                                 Instant abandoned_before);
[[nodiscard]] Result<void> finish_request(Transaction& tx, const RequestKey& key,
                                          const KeptResponse& response);
[[nodiscard]] Result<void> forget_request(Transaction& tx, const RequestKey& key);
/// Deletes up to `most` requests that were begun before.
/// @out how many
[[nodiscard]] Result<std::int64_t> purge_requests(Transaction& tx, Instant before, int most);

}  // namespace mizan::store
