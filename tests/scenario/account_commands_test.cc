// `mizan user` and `mizan token`.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "scenario/program.h"

namespace mizan::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class AccountCommands : public Scenario {
 protected:
  void SetUp() override {
    Scenario::SetUp();
    // Of an empty database a backup of another one would do too: serve makes it, migrate finds it made.
    ASSERT_EQ(mizan("migrate").exit_code, 0);
    write("password", "correct horse battery staple\n");
    const Ran added = mizan("user add Ada@example.org --role owner --name Ada <password");
    ASSERT_EQ(added.exit_code, 0) << added.error;
    EXPECT_THAT(added.out, HasSubstr("ada@example.org  owner"));
  }
};

TEST_F(AccountCommands, accounts_are_added_listed_suspended_and_resumed) {
  const auto state = [&] { return json::parse(mizan("user list --json").out).at(0).at("state").as_string(); };
  ASSERT_EQ(mizan("user add lin@example.org --role owner <password").exit_code, 0);
  EXPECT_EQ(state(), "active");
  EXPECT_EQ(mizan("user suspend ada@example.org").exit_code, 0);
  EXPECT_EQ(state(), "suspended");
  EXPECT_EQ(mizan("user resume ada@example.org").exit_code, 0);
  EXPECT_EQ(state(), "active");
  const Ran listed = mizan("user list");
  EXPECT_THAT(listed.out, HasSubstr("ada@example.org"));
  EXPECT_THAT(listed.out, HasSubstr("owner"));
}

TEST_F(AccountCommands, mistakes_are_refused_with_their_code) {
  EXPECT_THAT(mizan("user add ada@example.org --role owner <password").error, HasSubstr("conflict"));
  EXPECT_THAT(mizan("user add x@example.org --role emperor <password").error, HasSubstr("data_lead"));
  write("short", "abc\n");
  EXPECT_THAT(mizan("user add x@example.org --role owner <short").error, HasSubstr("weak_password"));
  EXPECT_THAT(mizan("user suspend ada@example.org").error, HasSubstr("last owner"));
  EXPECT_THAT(mizan("user suspend nobody@example.org").error, HasSubstr("not_found"));
  EXPECT_EQ(mizan("user password ada@example.org <password").exit_code, 0);
  EXPECT_EQ(mizan("user password ada@example.org </dev/null").exit_code, 2);
}

TEST_F(AccountCommands, keys_are_made_listed_and_revoked) {
  const Ran made = mizan("token create --for ada@example.org --name nightly --role auditor --days 7");
  ASSERT_EQ(made.exit_code, 0) << made.error;
  EXPECT_THAT(made.out, testing::MatchesRegex("mz_[A-Za-z0-9_-]+\n"));
  const auto keys = json::parse(mizan("token list --json").out).as_array();
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].at("name").as_string(), "nightly");
  EXPECT_EQ(keys[0].at("state").as_string(), "valid");
  const std::string id(keys[0].at("api_key_id").as_string());
  EXPECT_THAT(mizan("token list --for ada@example.org").out, HasSubstr(id));
  EXPECT_EQ(mizan("token revoke " + id).exit_code, 0);
  EXPECT_THAT(mizan("token list").out, HasSubstr("revoked"));
  EXPECT_EQ(mizan("token create --for ada@example.org --name x --role owner --days 0").exit_code, 2);
  EXPECT_THAT(mizan("token revoke " + id.substr(0, 6)).error, HasSubstr("malformed_id"));
}

}  // namespace
}  // namespace mizan::test
