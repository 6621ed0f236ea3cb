// A Label Studio configuration, and a check of a template, over a socket.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "support/api_server.h"
#include "support/http_client.h"
#include "support/work_world.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

constexpr const char* kConfiguration = R"(<View>
  <Text name="t" value="$text"/>
  <Choices name="safe" toName="t" required="true"><Choice value="yes" selected="true"/><Choice value="no"/></Choices>
</View>)";

class LabelStudioTemplate : public testing::Test {
 protected:
  test::HttpAnswer post(const std::string& query, const std::string& body,
                        const std::string& type = "application/xml") {
    test::HttpClient client(api_.port());
    return client.request("POST", place_ + ":from_label_studio" + query, body,
                          {api_.owner(), "Content-Type: " + type});
  }

  test::ApiServer api_;
  test::WorkWorld world_{api_.service().database()};
  std::string place_ = "/api/v1/projects/" + to_text(world_.project()) + "/templates";
};

TEST_F(LabelStudioTemplate, becomes_the_next_version) {
  const auto answer = post("", kConfiguration);
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body.at("template_version").as_int64(), 2);
  EXPECT_EQ(body.at("notes").as_array().size(), 1U);
  EXPECT_EQ(answer.header("location"), place_ + "/2");
  test::HttpClient client(api_.port());
  const auto read = json::parse(client.request("GET", place_ + "/latest", "", {api_.owner()}).body);
  EXPECT_EQ(read.at("document"), body.at("document"));
  EXPECT_EQ(read.at("document").at("questions").at(0).at("name").as_string(), "safe");
}

TEST_F(LabelStudioTemplate, is_only_converted_for_a_preview) {
  const auto answer = post("?preview=true", kConfiguration);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(json::parse(answer.body).at("document").is_object());
  test::HttpClient client(api_.port());
  const auto read = json::parse(client.request("GET", place_ + "/latest", "", {api_.owner()}).body);
  EXPECT_EQ(read.at("template_version").as_int64(), 1);
}

TEST_F(LabelStudioTemplate, is_refused_with_the_line_of_what_has_no_counterpart) {
  const auto answer =
      post("", "<View>\n<Image name=\"i\" value=\"$i\"/>\n<Brush name=\"b\" toName=\"i\"/></View>");
  EXPECT_EQ(answer.status, 422) << answer.body;
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body.at("code").as_string(), "malformed_template");
  EXPECT_EQ(body.at("where").as_string(), "line 3");
  EXPECT_EQ(post("", kConfiguration, "application/json").status, 415);
}

class TemplateCheck : public LabelStudioTemplate {
 protected:
  json::array problems(const std::string& body) {
    test::HttpClient client(api_.port());
    const auto answer =
        client.request("POST", place_ + ":check", body, {api_.owner(), "Content-Type: application/json"});
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body).at("problems").as_array();
  }
};

constexpr const char* kDocument =
    R"({"display":[{"type":"text","path":"/text"}],"questions":[{"name":"safe","type":"choice","options":[{"value":"yes"},{"value":"no"}]}]})";

TEST_F(TemplateCheck, says_what_appending_and_importing_would_and_keeps_nothing) {
  const std::string document = std::string(R"({"document":)") + kDocument;
  EXPECT_TRUE(problems(document + "}").empty());
  EXPECT_TRUE(problems(document + R"(,"payload":{"text":"hello"}})").empty());
  const auto lacking = problems(document + R"(,"payload":{"words":"hello"}})");
  ASSERT_EQ(lacking.size(), 1U);
  EXPECT_EQ(lacking[0].at("part").as_string(), "payload");
  EXPECT_EQ(lacking[0].at("code").as_string(), "bad_payload");
  EXPECT_EQ(lacking[0].at("where").as_string(), "/text");

  const std::string wrong =
      R"({"questions":[{"name":"safe","type":"choice","options":[{"value":"yes"},{"value":"yes"}]}]})";
  const auto twice = problems(R"({"document":)" + wrong + R"(,"payload":{}})");
  ASSERT_EQ(twice.size(), 1U);
  test::HttpClient client(api_.port());
  const auto refused = json::parse(
      client.request("POST", place_, wrong, {api_.owner(), "Content-Type: application/json"}).body);
  for (const char* member : {"code", "where", "detail"})
    EXPECT_EQ(twice[0].at(member), refused.at(member)) << member;
  EXPECT_EQ(twice[0].at("part").as_string(), "document");
  const auto newest = json::parse(client.request("GET", place_ + "/latest", "", {api_.owner()}).body);
  EXPECT_EQ(newest.at("template_version").as_int64(), 1);
}

}  // namespace
}  // namespace mizan::http
