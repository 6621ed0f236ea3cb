#include "mizan/http/rate_limits.h"

#include <gtest/gtest.h>

namespace mizan::http {
namespace {

constexpr Instant kStart{1'000'000'000};

TEST(RateLimiter, gives_a_burst_and_then_its_rate) {
  RateLimiter limiter({.per_second = 2, .burst = 3}, 100);
  for (int each = 0; each < 3; ++each) EXPECT_TRUE(limiter.take("a", kStart).is_allowed);
  const RateVerdict refused = limiter.take("a", kStart);
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_EQ(refused.retry_after_s, 1);
  EXPECT_TRUE(limiter.take("b", kStart).is_allowed) << "another key has a bucket of its own";
  EXPECT_TRUE(limiter.take("a", kStart + Duration{500'000}).is_allowed);
  EXPECT_FALSE(limiter.take("a", kStart + Duration{500'000}).is_allowed);
}

TEST(RateLimiter, never_fills_beyond_its_burst) {
  RateLimiter limiter({.per_second = 10, .burst = 2}, 100);
  EXPECT_EQ(limiter.take("a", kStart).remaining, 1);
  EXPECT_EQ(limiter.take("a", kStart + seconds(3600)).remaining, 1);
}

TEST(RateLimiter, a_flood_of_keys_does_not_unbar_who_is_barred) {
  RateLimiter limiter({.per_second = 0.001, .burst = 1}, 160);
  EXPECT_TRUE(limiter.take("greedy", kStart).is_allowed);
  for (int each = 0; each < 5; ++each) EXPECT_FALSE(limiter.take("greedy", kStart).is_allowed);
  EXPECT_TRUE(RateLimiter({}, 10).take("x", kStart).is_allowed) << "no limit";
}

}  // namespace
}  // namespace mizan::http
