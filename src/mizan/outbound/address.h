// Which network addresses the public internet routes: what a webhook may reach unless the server's owner
// allows more. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mizan::outbound {

/// An IPv4 address is held as the IPv6 address that stands for it (::ffff:a.b.c.d).
struct Address {
  std::array<std::uint8_t, 16> bytes{};
};

/// "192.0.2.1", "2001:db8::1"; nothing when the text is no address (it may be a name).
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// False for loopback, private, link-local, shared, reserved, documentation and multicast addresses, and for
/// IPv6 addresses that carry such an IPv4 address inside.
/// @source IANA's registries of special-purpose addresses (RFC 6890 and its updates)
[[nodiscard]] bool is_public(const Address& address);

}  // namespace mizan::outbound
