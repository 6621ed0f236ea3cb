// Secrets that the program makes: session and invitation tokens, API keys, recovery codes. All are random;
// only their SHA-256 is stored, which is enough because nobody can guess 256 (or 80) bits. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/secrets/digest.h"

namespace mizan::secrets {

/// From the operating system's generator.
[[nodiscard]] std::vector<std::uint8_t> random_bytes(std::size_t count);

/// 256 random bits as 43 characters of URL-safe base 64.
[[nodiscard]] std::string make_token();

/// Whether the text can be such a token at all: what else a request carries need not be looked up.
[[nodiscard]] bool looks_like_token(std::string_view text);

/// "mz_" and 43 characters; the first 11 are shown to tell keys apart.
[[nodiscard]] std::string make_api_key();
[[nodiscard]] std::string_view shown_prefix(std::string_view api_key);
[[nodiscard]] bool looks_like_api_key(std::string_view text);

/// 80 random bits as "xxxx-xxxx-xxxx-xxxx", for a person to write down.
[[nodiscard]] std::string make_recovery_code();
/// What is stored of a recovery code: case, spaces and hyphens do not matter.
[[nodiscard]] Sha256 recovery_hash(std::string_view code);

}  // namespace mizan::secrets
