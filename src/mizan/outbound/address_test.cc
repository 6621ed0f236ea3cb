#include "mizan/outbound/address.h"

#include <string>

#include <gtest/gtest.h>

namespace mizan::outbound {
namespace {

struct AddressCase {
  std::string_view text;
  bool is_public;
};

TEST(Address, only_what_the_internet_routes_is_public) {
  constexpr std::array kCases{
      AddressCase{"8.8.8.8", true},
      AddressCase{"1.1.1.1", true},
      AddressCase{"172.15.255.255", true},
      AddressCase{"172.32.0.0", true},
      AddressCase{"100.63.255.255", true},
      AddressCase{"2606:4700:4700::1111", true},
      AddressCase{"64:ff9b::808:808", true},
      AddressCase{"2002:808:808::1", true},
      AddressCase{"0.0.0.0", false},
      AddressCase{"10.1.2.3", false},
      AddressCase{"100.64.0.1", false},
      AddressCase{"127.0.0.1", false},
      AddressCase{"127.8.9.10", false},
      AddressCase{"169.254.169.254", false},
      AddressCase{"172.16.0.1", false},
      AddressCase{"172.31.255.255", false},
      AddressCase{"192.168.0.1", false},
      AddressCase{"198.19.1.1", false},
      AddressCase{"224.0.0.1", false},
      AddressCase{"255.255.255.255", false},
      AddressCase{"::", false},
      AddressCase{"::1", false},
      AddressCase{"::ffff:127.0.0.1", false},
      AddressCase{"::ffff:10.0.0.1", false},
      AddressCase{"::127.0.0.1", false},
      AddressCase{"64:ff9b::7f00:1", false},
      AddressCase{"2002:7f00:1::1", false},
      AddressCase{"2001:0:53aa:64c::1", false},
      AddressCase{"2001:db8::1", false},
      AddressCase{"fe80::1", false},
      AddressCase{"fc00::1", false},
      AddressCase{"fd12:3456::1", false},
      AddressCase{"ff02::1", false},
  };
  for (const AddressCase& each : kCases) {
    const auto address = parse_address(each.text);
    ASSERT_TRUE(address) << each.text;
    EXPECT_EQ(is_public(*address), each.is_public) << each.text;
  }
}

TEST(Address, a_name_is_no_address) {
  for (const std::string_view text : {"example.org", "localhost", "", "1.2.3", "[::1]", "0x7f.1"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

}  // namespace
}  // namespace mizan::outbound
