#include "mizan/app/events/webhook_signature.h"

#include <array>

#include <gtest/gtest.h>

namespace mizan::app {
namespace {

constexpr Instant kNow{1'769'860'800'000'000};  // 2026-01-31T12:00:00Z
constexpr std::string_view kBody = R"({"events":[]})";
const std::array<std::string, 1> kSecret{"whsec_example"};

TEST(WebhookSignature, is_the_one_of_the_format_document) {
  EXPECT_EQ(webhook_signature(kSecret, kBody, kNow),
            "t=1769860800,v1=2c81cdb671fa808ed4a2a960a0387ef150470bf76369aff3aa350ca630bb0849");
}

TEST(WebhookSignature, holds_for_its_body_its_secret_and_a_while) {
  const std::string signature = webhook_signature(kSecret, kBody, kNow);
  const Duration tolerance = seconds(300);
  EXPECT_TRUE(is_signed(signature, kSecret[0], kBody, kNow, tolerance));
  EXPECT_TRUE(is_signed(signature, kSecret[0], kBody, kNow + seconds(300), tolerance));
  EXPECT_FALSE(is_signed(signature, kSecret[0], kBody, kNow + seconds(301), tolerance));
  EXPECT_FALSE(is_signed(signature, kSecret[0], "{}", kNow, tolerance));
  EXPECT_FALSE(is_signed(signature, "whsec_other", kBody, kNow, tolerance));
  std::string later = signature;
  later[11] = '1';  // the last digit of the time
  EXPECT_FALSE(is_signed(later, kSecret[0], kBody, kNow, tolerance));
}

TEST(WebhookSignature, of_two_secrets_holds_for_either) {
  const std::array<std::string, 2> both{"whsec_new", "whsec_old"};
  const std::string signature = webhook_signature(both, kBody, kNow);
  for (const std::string& secret : both) {
    EXPECT_TRUE(is_signed(signature, secret, kBody, kNow, seconds(300)));
  }
}

TEST(WebhookSignature, nonsense_is_not_signed) {
  for (const std::string_view text : {"", "t=", "v1=", "t=1769860800", "t=x,v1=y", ",,,", "v1"}) {
    EXPECT_FALSE(is_signed(text, kSecret[0], kBody, kNow, seconds(300))) << text;
  }
}

TEST(WebhookSignature, secrets_are_long_and_unlike) {
  const std::string secret = make_webhook_secret();
  EXPECT_EQ(secret.size(), 6U + 43U);
  EXPECT_TRUE(secret.starts_with("whsec_"));
  EXPECT_NE(secret, make_webhook_secret());
}

}  // namespace
}  // namespace mizan::app
