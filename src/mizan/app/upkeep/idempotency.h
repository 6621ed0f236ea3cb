// Requests with an Idempotency-Key: the same request by the same caller is done once, and a retry gets the
// first answer. What is asked twice at once is done once too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mizan/app/access/caller.h"
#include "mizan/app/chores/chores.h"
#include "mizan/base/result.h"
#include "mizan/secrets/digest.h"

namespace mizan::app {

class Service;

inline constexpr Duration kIdempotencyKept = seconds(24LL * 3600);

struct IdempotentRequest {
  std::string caller;  ///< the API key or the account: keys are the caller's own
  std::string idempotency_key;
  secrets::Sha256 hash;  ///< of method, path and body
};
/// @in content  method, path and body
[[nodiscard]] IdempotentRequest idempotent_request(const Caller& caller, std::string_view idempotency_key,
                                                   std::string_view content);

struct KeptAnswer {
  int status = 0;
  std::string headers;  ///< JSON
  std::string body;
};

/// Begins the request, or gives the answer of the first one; waits a little for one that is under way.
/// @out  nothing: this is the first, do it and then finish or forget it
/// @errors idempotency_key_reused: the key came with another request; conflict: the first is still under way,
/// or was
///         cut off so that nobody knows what became of it
[[nodiscard]] Result<std::optional<KeptAnswer>> begin_idempotent(Service& service,
                                                                 const IdempotentRequest& request);
/// Keeps the answer for retries.
[[nodiscard]] Result<void> finish_idempotent(Service& service, const IdempotentRequest& request,
                                             const KeptAnswer& answer);
/// The request failed without an effect: a retry may try it again.
[[nodiscard]] Result<void> forget_idempotent(Service& service, const IdempotentRequest& request);

/// Deletes what is older than kIdempotencyKept.
[[nodiscard]] Chore idempotency_purge_chore(Service& service);

}  // namespace mizan::app
