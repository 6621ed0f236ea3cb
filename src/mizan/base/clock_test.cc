#include "mizan/base/clock.h"

#include <gtest/gtest.h>

namespace mizan {
namespace {

TEST(Clock, an_instant_reads_back_as_it_was_written) {
  for (const std::int64_t us : {0LL, 1LL, 1'700'000'000'123'456LL, 951'782'400'000'000LL, -1LL}) {
    const auto read = parse_instant(to_text(Instant{us}));
    ASSERT_TRUE(read.has_value()) << to_text(Instant{us});
    EXPECT_EQ(read->us, us);
  }
  EXPECT_EQ(to_text(Instant{951'782'400'000'000}), "2000-02-29T00:00:00.000000Z");
}

TEST(Clock, offsets_and_fractions_are_understood) {
  EXPECT_EQ(parse_instant("2000-02-29T02:00:00+02:00")->us, 951'782'400'000'000);
  EXPECT_EQ(parse_instant("2000-02-28T19:30:00.5-04:30")->us, 951'782'400'500'000);
  EXPECT_EQ(parse_instant("2000-02-29 00:00:00.123456789Z")->us, 951'782'400'123'456);
}

TEST(Clock, what_is_not_a_time_is_refused) {
  for (const char* text :
       {"", "yesterday", "2001-02-29T00:00:00Z", "2000-02-29", "2000-02-29T00:00:00", "2000-02-29T24:00:00Z",
        "2000-02-29T00:00:00.Z", "2000-02-29T00:00:00Z!", "2000-13-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_instant(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace mizan
