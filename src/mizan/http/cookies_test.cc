#include "mizan/http/cookies.h"

#include <gtest/gtest.h>

namespace mizan::http {
namespace {

TEST(Cookies, are_found_by_name_and_odd_pairs_are_passed_over) {
  struct Case {
    std::string_view header, value;
  };
  for (const Case& each : {
           Case{"s=abc", "abc"},
           Case{"a=1; s=abc; b=2", "abc"},
           Case{"s=\"abc\"", "abc"},
           Case{"  s = abc ", "abc"},
           Case{"ss=1;s=abc", "abc"},
           Case{"s=first; s=second", "first"},
           Case{"s=a=b", "a=b"},
           Case{"s=a b; s=good", "good"},
           Case{"; ;=;s=;x", ""},
           Case{"junk; s=abc", "abc"},
       }) {
    Request request;
    request.headers = {{"Accept", "s=no"}, {"COOKIE", std::string(each.header)}};
    EXPECT_EQ(find_cookie(request, "s"), each.value) << each.header;
  }
  Request none;
  none.headers = {{"Cookie", "S=1; xs=2"}};
  EXPECT_FALSE(find_cookie(none, "s"));
}

TEST(Cookies, are_kept_from_scripts_and_other_sites) {
  EXPECT_EQ(set_cookie({.name = "s", .value = "v", .max_age = seconds(60), .is_secure = true}),
            "s=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
}

}  // namespace
}  // namespace mizan::http
