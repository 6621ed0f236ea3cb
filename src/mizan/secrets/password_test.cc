#include "mizan/secrets/password.h"

#include <chrono>

#include <gtest/gtest.h>

namespace mizan::secrets {
namespace {

TEST(Password, matches_itself_and_nothing_else) {
  const std::string hash = hash_password("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(password_matches(hash, "correct horse battery"));
  EXPECT_FALSE(password_matches(hash, "correct horse batterY"));
  EXPECT_FALSE(password_matches(hash, ""));
  EXPECT_NE(hash, hash_password("correct horse battery").value()) << "the salt is new each time";
}

TEST(Password, broken_hash_matches_nothing) {
  EXPECT_FALSE(password_matches("", ""));
  EXPECT_FALSE(password_matches("plain", "plain"));
  EXPECT_FALSE(password_matches(nobodys_hash(), ""));
}

double seconds_of(std::string_view hash) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 3; ++i) (void)password_matches(hash, "a guess of somebody");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Password, nobodys_hash_costs_as_much_as_a_real_one) {
  const std::string real = hash_password("correct horse battery").value();
  const double ratio = seconds_of(nobodys_hash()) / seconds_of(real);
  EXPECT_GT(ratio, 0.2);  // wide: the machine may be busy; a hash that is not computed gives about 1e-4
  EXPECT_LT(ratio, 5.0);
}

TEST(Password, weak_ones_are_refused) {
  struct Case {
    std::string password;
    bool strong;
  };
  const Case cases[] = {{"short", false},
                        {"aaaaaaaaaaaa", false},
                        {"abababababab", false},
                        {"Password1234", false},
                        {"noura@example.org", false},
                        {"ميزان العدل اليوم", true},
                        {"correct horse battery", true},
                        {std::string(1025, 'a') + "bcdefgh", false}};
  for (const Case& c : cases)
    EXPECT_EQ(check_password(c.password, "Noura@Example.org").has_value(), c.strong) << c.password;
  EXPECT_EQ(check_password("x", "").error().code, ErrorCode::weak_password);
}

}  // namespace
}  // namespace mizan::secrets
