#include "mizan/outbound/address.h"

#include <algorithm>
#include <string>

#include <arpa/inet.h>

namespace mizan::outbound {
namespace {

struct Ipv4Block {
  std::uint32_t network;
  int prefix_bits;
};

constexpr std::uint32_t ipv4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

constexpr std::array kSpecialIpv4{
    Ipv4Block{ipv4(0, 0, 0, 0), 8},        // this network
    Ipv4Block{ipv4(10, 0, 0, 0), 8},       // private
    Ipv4Block{ipv4(100, 64, 0, 0), 10},    // shared by carriers
    Ipv4Block{ipv4(127, 0, 0, 0), 8},      // loopback
    Ipv4Block{ipv4(169, 254, 0, 0), 16},   // link-local: clouds serve their secrets there
    Ipv4Block{ipv4(172, 16, 0, 0), 12},    // private
    Ipv4Block{ipv4(192, 0, 0, 0), 24},     // protocol assignments
    Ipv4Block{ipv4(192, 0, 2, 0), 24},     // documentation
    Ipv4Block{ipv4(192, 88, 99, 0), 24},   // relays of 6to4
    Ipv4Block{ipv4(192, 168, 0, 0), 16},   // private
    Ipv4Block{ipv4(198, 18, 0, 0), 15},    // benchmarks
    Ipv4Block{ipv4(198, 51, 100, 0), 24},  // documentation
    Ipv4Block{ipv4(203, 0, 113, 0), 24},   // documentation
    Ipv4Block{ipv4(224, 0, 0, 0), 3},      // multicast, reserved, broadcast
};

bool is_public_ipv4(std::uint32_t address) {
  return std::none_of(kSpecialIpv4.begin(), kSpecialIpv4.end(), [address](const Ipv4Block& block) {
    return (address ^ block.network) >> static_cast<unsigned>(32 - block.prefix_bits) == 0;
  });
}

std::uint32_t ipv4_at(const Address& address, std::size_t place) {
  const auto& bytes = address.bytes;
  return ipv4(bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3]);
}

template <std::size_t kCount>
bool begins_with(const Address& address, const std::array<std::uint8_t, kCount>& prefix) {
  return std::equal(prefix.begin(), prefix.end(), address.bytes.begin());
}

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::array<std::uint8_t, 12> kNat64{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
constexpr std::array<std::uint8_t, 2> k6to4{0x20, 0x02};
constexpr std::array<std::uint8_t, 2> kProtocols{0x20, 0x01};  // 2001::/23 is Teredo and other protocols'
constexpr std::array<std::uint8_t, 4> kDocumentation{0x20, 0x01, 0x0d, 0xb8};

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::string zero_ended(text);
  Address address;
  if (inet_pton(AF_INET6, zero_ended.c_str(), address.bytes.data()) == 1) return address;
  address.bytes = {};
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  if (inet_pton(AF_INET, zero_ended.c_str(), address.bytes.data() + kMapped.size()) == 1) return address;
  return {};
}

bool is_public(const Address& address) {
  if (begins_with(address, kMapped)) return is_public_ipv4(ipv4_at(address, 12));
  if (begins_with(address, kNat64)) return is_public_ipv4(ipv4_at(address, 12));
  if (begins_with(address, k6to4)) return is_public_ipv4(ipv4_at(address, 2));
  if (begins_with(address, kDocumentation)) return false;
  if (begins_with(address, kProtocols) && address.bytes[2] < 2) return false;
  return (address.bytes[0] & 0xe0U) == 0x20U;  // 2000::/3 is all that is routed
}

}  // namespace mizan::outbound
