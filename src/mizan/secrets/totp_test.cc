#include "mizan/secrets/totp.h"

#include <string>

#include <gtest/gtest.h>

namespace mizan::secrets {
namespace {

std::vector<std::uint8_t> bytes(std::string_view text) {
  return {text.begin(), text.end()};
}

const std::vector<std::uint8_t> kSecret = bytes("12345678901234567890");

Instant at_second(std::int64_t second) {
  return {second * 1'000'000};
}

// RFC 6238, appendix B, the rows of SHA-1.
TEST(Totp, vectors_of_rfc_6238) {
  struct Case {
    std::int64_t second;
    std::string_view code;
  };
  const Case cases[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const Case& c : cases)
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(c.second)), 8), c.code) << c.second;
}

// RFC 4226, appendix D.
TEST(Totp, vectors_of_rfc_4226) {
  const std::string_view codes[] = {"755224", "287082", "359152", "969429", "338314",
                                    "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t count = 0; count < 10; ++count) EXPECT_EQ(totp_code(kSecret, count), codes[count]);
}

TEST(Totp, code_of_the_step_before_and_after_is_taken) {
  const std::int64_t step = totp_step(at_second(1234567890));
  for (std::int64_t aside = -3; aside <= 3; ++aside) {
    const auto found = match_totp(kSecret, totp_code(kSecret, step + aside), at_second(1234567890), 0);
    EXPECT_EQ(found.has_value(), aside >= -1 && aside <= 1) << aside;
    if (found) {
      EXPECT_EQ(*found, step + aside);
    }
  }
}

TEST(Totp, code_works_once) {
  const Instant now = at_second(1234567890);
  const std::string code = totp_code(kSecret, totp_step(now));
  const auto step = match_totp(kSecret, code, now, 0);
  ASSERT_TRUE(step);
  EXPECT_FALSE(match_totp(kSecret, code, now, *step));
  EXPECT_FALSE(match_totp(kSecret, totp_code(kSecret, *step - 1), now, *step)) << "nor does an older one";
  EXPECT_TRUE(match_totp(kSecret, totp_code(kSecret, *step + 1), now, *step));
}

TEST(Totp, what_is_no_code_matches_nothing) {
  for (const std::string_view text : {"", "12345", "1234567", "abcdef"})
    EXPECT_FALSE(match_totp(kSecret, text, at_second(59), 0));
}

// RFC 4648 §10.
TEST(Base32, vectors_of_rfc_4648) {
  EXPECT_EQ(base32(bytes("")), "");
  EXPECT_EQ(base32(bytes("f")), "MY");
  EXPECT_EQ(base32(bytes("fo")), "MZXQ");
  EXPECT_EQ(base32(bytes("foo")), "MZXW6");
  EXPECT_EQ(base32(bytes("foob")), "MZXW6YQ");
  EXPECT_EQ(base32(bytes("fooba")), "MZXW6YTB");
  EXPECT_EQ(base32(bytes("foobar")), "MZXW6YTBOI");
}

TEST(Otpauth, uri_names_account_and_issuer) {
  EXPECT_EQ(otpauth_uri(bytes("fooba"), "noura@example.org"),
            "otpauth://totp/Mizan:noura%40example.org?secret=MZXW6YTB&issuer=Mizan");
}

}  // namespace
}  // namespace mizan::secrets
