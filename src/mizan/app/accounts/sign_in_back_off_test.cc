#include "mizan/app/accounts/sign_in_back_off.h"

#include <gtest/gtest.h>

namespace mizan::app {
namespace {

constexpr Instant kStart{1'000'000'000'000};

TEST(SignInBackOff, waits_grow_after_five_free_tries) {
  const std::int64_t waits_s[] = {0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
  for (int failures = 0; failures < 15; ++failures)
    EXPECT_EQ(SignInBackOff::wait_after(failures, 5), seconds(waits_s[failures])) << failures;
}

TEST(SignInBackOff, slows_the_guesser_and_not_the_owner_of_the_account) {
  SignInBackOff back_off;
  const SignInBackOff::Attempt guesser{.email = "noura@example.org", .address = "203.0.113.7", .at = kStart};
  for (int i = 0; i < 40; ++i) back_off.failed(guesser);
  EXPECT_EQ(back_off.check(guesser).error().code, ErrorCode::rate_limited);
  EXPECT_TRUE(back_off.check({.email = "noura@example.org", .address = "198.51.100.4", .at = kStart}));
  EXPECT_TRUE(back_off.check({.email = "omar@example.org", .address = "203.0.113.7", .at = kStart}));
}

TEST(SignInBackOff, one_password_tried_on_many_accounts_is_slowed_too) {
  SignInBackOff back_off;
  for (int i = 0; i < 60; ++i) {
    const std::string email = std::to_string(i) + "@example.org";
    back_off.failed({.email = email, .address = "203.0.113.7", .at = kStart});
  }
  EXPECT_FALSE(back_off.check({.email = "new@example.org", .address = "203.0.113.7", .at = kStart}));
  EXPECT_TRUE(back_off.check({.email = "new@example.org", .address = "198.51.100.4", .at = kStart}));
}

TEST(SignInBackOff, wait_ends_and_success_clears_it) {
  SignInBackOff back_off;
  SignInBackOff::Attempt attempt{.email = "noura@example.org", .address = "203.0.113.7", .at = kStart};
  for (int i = 0; i < 6; ++i) back_off.failed(attempt);
  attempt.at = kStart + seconds(3);
  EXPECT_FALSE(back_off.check(attempt));
  attempt.at = kStart + seconds(5);
  EXPECT_TRUE(back_off.check(attempt));
  back_off.succeeded(attempt);
  back_off.failed(attempt);
  EXPECT_TRUE(back_off.check(attempt));
}

}  // namespace
}  // namespace mizan::app
