// Codes of an authenticator app: time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 s). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"

namespace mizan::secrets {

inline constexpr std::size_t kTotpSecretBytes = 20;

/// The number of 30 s steps since 1970.
[[nodiscard]] std::int64_t totp_step(Instant at);

/// The code of a step, `digits` long with leading zeros.
/// @source RFC 4226 §5.3 over RFC 6238 §4
[[nodiscard]] std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step, int digits = 6);

/// The step that `code` belongs to: now, one before or one after, but newer than `last_step`, so that a code
/// that was read over a shoulder does not work a second time. Nothing if there is none.
[[nodiscard]] std::optional<std::int64_t> match_totp(std::span<const std::uint8_t> secret,
                                                     std::string_view code, Instant now,
                                                     std::int64_t last_step);

/// RFC 4648 base 32 without padding, as authenticator apps take it.
[[nodiscard]] std::string base32(std::span<const std::uint8_t> bytes);

/// What a QR code holds: "otpauth://totp/Mizan:noura%40example.org?secret=…&issuer=Mizan".
[[nodiscard]] std::string otpauth_uri(std::span<const std::uint8_t> secret, std::string_view account);

}  // namespace mizan::secrets
