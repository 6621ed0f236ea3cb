#include "mizan/secrets/token.h"

#include <set>

#include <gtest/gtest.h>

namespace mizan::secrets {
namespace {

TEST(Token, has_256_bits_and_never_comes_twice) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = make_token();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST(ApiKey, is_recognised_and_shows_its_beginning) {
  const std::string key = make_api_key();
  EXPECT_TRUE(looks_like_api_key(key));
  EXPECT_EQ(shown_prefix(key), key.substr(0, 11));
  EXPECT_FALSE(looks_like_api_key("mz_short"));
  EXPECT_FALSE(looks_like_api_key(make_token()));
  EXPECT_TRUE(looks_like_token(make_token()));
  EXPECT_FALSE(looks_like_token(key));
}

TEST(RecoveryCode, is_read_however_a_person_types_it) {
  const std::string code = make_recovery_code();
  EXPECT_EQ(code.size(), 19U);
  std::string typed = " ";
  for (const char c : code) typed.push_back(c == '-' ? ' ' : static_cast<char>(std::toupper(c)));
  EXPECT_EQ(recovery_hash(typed), recovery_hash(code));
  EXPECT_NE(recovery_hash(make_recovery_code()), recovery_hash(code));
}

}  // namespace
}  // namespace mizan::secrets
