#include "mizan/http/body_fields.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "mizan/domain/ids.h"
#include "mizan/http/handler.h"

namespace mizan::http {
namespace {

boost::json::object body_of(std::string_view text) {
  return boost::json::parse(text).as_object();
}

TEST(BodyFields, members_are_read_with_their_types) {
  const auto body =
      body_of(R"({"name": "Noura", "count": 3, "flag": true, "teams": ["a", "b"], "none": null})");
  BodyFields fields(body);
  EXPECT_EQ(fields.text("name").value(), "Noura");
  EXPECT_EQ(fields.maybe_integer("count").value(), 3);
  EXPECT_EQ(fields.maybe_flag("flag").value(), true);
  EXPECT_EQ(fields.maybe_texts("teams").value(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fields.maybe_text("none").value(), std::nullopt);
  EXPECT_TRUE(fields.nothing_else());
}

TEST(BodyFields, every_mistake_is_refused_with_its_place) {
  const auto body = body_of(
      R"({"name": 1, "count": 1.5, "flag": 0, "teams": ["a", 2], "nul": "\u0000", "id": "prj_x", "object": []})");
  BodyFields fields(body);
  EXPECT_EQ(fields.text("name").error().where, "/name");
  EXPECT_EQ(fields.text("missing").error().where, "/missing");
  EXPECT_EQ(fields.maybe_integer("count").error().where, "/count");
  EXPECT_EQ(fields.maybe_flag("flag").error().where, "/flag");
  EXPECT_EQ(fields.maybe_texts("teams").error().where, "/teams");
  EXPECT_EQ(fields.maybe_text("nul").error().where, "/nul");
  EXPECT_EQ(fields.maybe_id<domain::ProjectId>("id").error().where, "/id");
  EXPECT_EQ(fields.maybe_object("object").error().where, "/object");
}

TEST(BodyFields, a_number_that_no_double_holds_is_refused_wherever_it_is) {
  EXPECT_EQ(parse_json(R"({"a": [{"b": 1e999}]})", "body").error().code, ErrorCode::malformed_json);
  EXPECT_TRUE(parse_json(R"({"a": [{"b": 1e308}]})", "body"));
}

TEST(BodyFields, a_member_that_nobody_read_is_refused) {
  const auto body = body_of(R"({"name": "x", "nmae": "y"})");
  BodyFields fields(body);
  EXPECT_TRUE(fields.text("name"));
  EXPECT_EQ(fields.nothing_else().error().where, "/nmae");
}

}  // namespace
}  // namespace mizan::http
