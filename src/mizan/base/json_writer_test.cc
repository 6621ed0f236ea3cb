#include "mizan/base/json_writer.h"

#include <limits>

#include <gtest/gtest.h>

namespace mizan {
namespace {

TEST(JsonWriter, writes_nested_values_with_commas_only_between_them) {
  JsonWriter json;
  json.begin_object();
  json.member("a", 1);
  json.key("b").begin_array();
  json.value(0.1);
  json.value("x");
  json.begin_object();
  json.end_object();
  json.end_array();
  json.member("c", std::optional<double>());
  json.member("d", std::vector<std::string>{"p", "q"});
  json.end_object();
  EXPECT_EQ(json.take(), R"({"a":1,"b":[0.1,"x",{}],"c":null,"d":["p","q"]})");
  EXPECT_EQ(json.take(), "");
}

TEST(JsonWriter, numbers_are_short_and_what_is_not_finite_is_null) {
  JsonWriter json;
  json.begin_array();
  json.value(1.0 / 3);
  json.value(1234567.0);
  json.value(1e-9);
  json.value(std::numeric_limits<double>::quiet_NaN());
  json.value(std::numeric_limits<double>::infinity());
  json.value(std::numeric_limits<std::int64_t>::min());
  json.end_array();
  EXPECT_EQ(json.take(), "[0.3333333,1234567,1e-09,null,null,-9223372036854775808]");
}

TEST(JsonWriter, escapes_what_json_cannot_hold) {
  JsonWriter json;
  json.value(std::string_view("a\"b\\c\n\t\x01\x7f\0ü", 12));
  EXPECT_EQ(json.take(), "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f\\u0000ü\"");
}

}  // namespace
}  // namespace mizan
