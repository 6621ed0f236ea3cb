#include "mizan/http/server/request_target.h"

#include <gmock/gmock.h>

namespace mizan::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(RequestTarget, is_taken_apart_and_decoded) {
  const auto target = parse_request_target("/a/b%20c/%D9%85?x=1&y=a%2Bb+c&empty=&bare&&x=2").value();
  EXPECT_THAT(target.segments, ElementsAre("a", "b c", "م"));
  EXPECT_THAT(target.query, ElementsAre(Pair("x", "1"), Pair("y", "a+b c"), Pair("empty", ""),
                                        Pair("bare", ""), Pair("x", "2")));
  EXPECT_THAT(parse_request_target("http://other.example/a?b=c").value().segments, ElementsAre("a"));
  EXPECT_TRUE(parse_request_target("http://other.example").value().segments.empty());
  EXPECT_THAT(parse_request_target("/a/").value().segments, ElementsAre("a", ""));
}

TEST(RequestTarget, what_could_be_read_in_two_ways_is_refused) {
  for (const std::string_view target :
       {"",      "a",    "/..",       "/a/../b", "/./a",      "/%2e%2e/a",  "/a%2Fb", "/a%2fb",
        "/%",    "/%4",  "/%g0",      "/%ff",    "/%C0%AF",   "/%ED%A0%80", "/%00",   "/%0a",
        "/a\\b", "/a b", "/\xc3\xa9", "/a?b=%",  "/a?b=\x01", "/a?b=%ff",   "/a?b#c", "ftp://x/a"})
    EXPECT_FALSE(parse_request_target(target)) << target;
}

TEST(RequestTarget, encoding_and_decoding_are_inverse) {
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  EXPECT_EQ(percent_decoded(percent_encoded(every)), every);
}

}  // namespace
}  // namespace mizan::http
