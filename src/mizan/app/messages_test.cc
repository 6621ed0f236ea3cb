#include "mizan/app/messages.h"

#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace mizan::app {
namespace {

namespace json = boost::json;

std::string say(std::string_view key, const char* args, std::string_view currency = "USD") {
  return english_message(key, json::parse(args).as_object(), currency);
}

// tests/report/messages.test.mjs holds the page to the same file.
TEST(EnglishMessage, reads_as_on_the_page) {
  std::ifstream file(MIZAN_SOURCE_DIR "/tests/golden/report/english_messages.json", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const json::value golden = json::parse(text);
  ASSERT_GT(golden.as_array().size(), 10U);
  for (const json::value& each : golden.as_array()) {
    const json::object& expected = each.as_object();
    EXPECT_EQ(english_message(std::string_view(expected.at("key").as_string()),
                              expected.at("args").as_object(), "USD"),
              std::string_view(expected.at("text").as_string()));
  }
}

TEST(EnglishMessage, numbers_follow_their_filter) {
  struct Case {
    const char* key;
    const char* args;
    const char* text;
  };
  const Case cases[] = {
      // filter       arguments                                    text
      {"unit.tasks", R"({"count":1})", "1 task"},
      {"unit.tasks", R"({"count":0})", "0 tasks"},
      {"unit.labels", R"({"count":1234567})", "1,234,567 labels"},
      {"format.difference", R"({"value":0.0123,"low":-0.004,"high":0.0001})", "+1.2 (−0.4 to 0.0)"},
      {"format.coefficient", R"({"value":0.61249})", "0.612"},
      {"format.coefficient", R"({"value":0})", "0"},
      {"format.coefficient", R"({"value":12345.6})", "12,346"},
      {"format.coefficient", R"({"value":0.000123456})", "0.000123"},
      {"conclusion.a_better", R"({"supplier_a":"x"})", "x is better"},
      {"note.some_without_price", R"({"suppliers":["a"]})",
       "There is no price for a; their cost cannot be known."},
      {"note.some_without_price", R"({"suppliers":["a","b"]})",
       "There is no price for a and b; their cost cannot be known."},
      {"note.some_without_price", R"({"suppliers":["a","b","c"]})",
       "There is no price for a, b, and c; their cost cannot be known."},
      {"reason.chosen_by_user", R"({"method":"dawid_skene"})", "Dawid–Skene was asked for."},
      {"reason.method_left_out", R"({"method":"kos","because":"needs_two_classes"})",
       "KOS was left out: it works for two classes only."},
      {"ui.p_value", R"({"p":0.00123})", "p 0.0012"},
      {"ui.p_value", R"({"p":1e-12})", "p under 0.0001"},
      {"flag.worse_than_chance", R"({"accuracy":0.2,"low":0.1,"high":0.3})",
       "is right less often than guessing would be (20.0 %, 10.0–30.0); perhaps the classes were read the "
       "wrong way round"},
  };
  for (const Case& c : cases) EXPECT_EQ(say(c.key, c.args), c.text) << c.key;
}

TEST(EnglishMessage, small_amounts_of_money_keep_their_digits) {
  const auto cost = [](double value, std::string_view currency) {
    return english_message("verdict.cost",
                           {{"supplier", "x"}, {"cost_per_correct", value}, {"low", value}, {"high", value}},
                           currency);
  };
  EXPECT_EQ(cost(1.5, "USD"), "x costs least per correct label: $1.50 ($1.50 to $1.50).");
  EXPECT_EQ(cost(0.00689, "EUR"), "x costs least per correct label: €0.00689 (€0.00689 to €0.00689).");
  EXPECT_EQ(cost(0.05, ""), "x costs least per correct label: 0.05 (0.05 to 0.05).");
  EXPECT_EQ(cost(1234.5, "AED"),
            "x costs least per correct label: AED 1,234.50 (AED 1,234.50 to AED 1,234.50).");
}

TEST(EnglishMessage, what_is_missing_is_said) {
  EXPECT_EQ(say("verdict.errors_found", R"({"count":null})"),
            "Worth a look before training: cannot be known likely to be wrong.");
  EXPECT_EQ(english_message("note.code_of_the_future"), "code of the future");
  EXPECT_EQ(english_message("nonsense"), "nonsense");
}

TEST(EnglishMessage, a_name_is_never_read_as_a_placeholder) {
  EXPECT_EQ(say("conclusion.a_better", R"({"supplier_a":"{count|count}"})"), "{count|count} is better");
}

}  // namespace
}  // namespace mizan::app
