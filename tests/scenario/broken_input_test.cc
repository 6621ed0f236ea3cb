// Every kind of broken input ends the program with code 2, one clear error and nothing written.
#include <string>

#include <boost/json.hpp>
#include <unistd.h>

#include "scenario/program.h"
#include "support/broken_files.h"

namespace mizan::test {
namespace {

class BrokenInputs : public Scenario, public testing::WithParamInterface<BrokenFile> {};

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

TEST_P(BrokenInputs, ends_with_two_one_error_and_nothing_written) {
  const BrokenFile& broken = GetParam();
  if (broken.code == ErrorCode::file_unreadable && geteuid() == 0 &&
      broken.name.find("permission") != std::string::npos)
    GTEST_SKIP() << "root may read everything";
  const BrokenInput input = lay_out(broken, folder_);
  std::string arguments = "audit " + quoted(input.labels) + " --json --html page.html --out tables";
  if (!input.suppliers.empty()) arguments += " --suppliers " + quoted(input.suppliers);
  if (!input.gold.empty()) arguments += " --gold " + quoted(input.gold);
  if (!input.price.empty()) arguments += " --price " + quoted(input.price);
  if (broken.is_strict) arguments += " --strict";
  const Ran ran = mizan(arguments);
  EXPECT_EQ(ran.exit_code, 2) << ran.error;
  EXPECT_EQ(ran.out, "");
  boost::system::error_code parse_error;
  const auto said = boost::json::parse(ran.error, parse_error);
  ASSERT_FALSE(parse_error) << ran.error;
  const auto& error = said.as_object().at("error").as_object();
  EXPECT_EQ(error.at("code").as_string(), std::string(error_name(broken.code))) << ran.error;
  EXPECT_FALSE(error.at("message").as_string().empty());
  EXPECT_FALSE(error.at("where").as_string().empty());
  EXPECT_FALSE(error.at("hint").as_string().empty());
  EXPECT_FALSE(std::filesystem::exists(path("page.html")));
  EXPECT_FALSE(std::filesystem::exists(path("tables")));
}

INSTANTIATE_TEST_SUITE_P(All, BrokenInputs, testing::ValuesIn(broken_files()),
                         [](const auto& broken) { return broken.param.name; });

}  // namespace
}  // namespace mizan::test
