// Runs a blocking handler under an Idempotency-Key.
#pragma once

#include "mizan/http/router.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

/// Whether the call asks for it: a POST with the header, by a signed-in caller, with a whole body.
[[nodiscard]] bool is_idempotent_call(const Route& route, const Call& call);

/// The answer of the route's blocking handler, or that of the first request with this key. Answers of 2xx are
/// kept, those of secret routes without what they said: a retry then learns that the first one took effect.
/// @errors invalid_argument: the key is empty or too long; idempotency_key_reused: of another request, or
///         a retry on a secret route whose answer had a body; conflict; the handler's own
[[nodiscard]] Result<Response> run_idempotent(app::Service& service, const Route& route, Call& call);

}  // namespace mizan::http
