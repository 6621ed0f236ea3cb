// Digests, message authentication and comparison that takes the same time whatever differs. Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mizan::secrets {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::span<const std::uint8_t> bytes);
[[nodiscard]] Sha256 sha256(std::string_view text);

/// @source RFC 2104 with SHA-256; any length of key
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view message);

/// Whether both are the same bytes; how long it takes depends on the lengths alone.
[[nodiscard]] bool same_bytes(std::string_view a, std::string_view b);
[[nodiscard]] bool same_bytes(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);

}  // namespace mizan::secrets
