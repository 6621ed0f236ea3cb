// The signature of a webhook's request: an HMAC over the time and the body, so that a receiver knows who sent
// it, that nobody changed it, and that it is not an old one sent again. docs/formats/webhooks.md shows how to
// check it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "mizan/base/clock.h"

namespace mizan::app {

/// "t=<seconds since 1970>,v1=<hex>[,v1=<hex>]": one v1 a secret, each HMAC-SHA256 over "<t>.<body>".
[[nodiscard]] std::string webhook_signature(std::span<const std::string> secrets, std::string_view body,
                                            Instant now);

/// What a receiver does: whether one of the signatures is of this secret, and no older than `tolerance`.
[[nodiscard]] bool is_signed(std::string_view signature, std::string_view secret, std::string_view body,
                             Instant now, Duration tolerance);

/// A new secret: "whsec_" and 43 characters.
[[nodiscard]] std::string make_webhook_secret();

}  // namespace mizan::app
