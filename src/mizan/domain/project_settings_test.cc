#include "mizan/domain/project_settings.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace mizan::domain {
namespace {

namespace json = boost::json;

Result<ProjectSettings> parse(std::string_view text) {
  return parse_project_settings(json::parse(text).as_object());
}

TEST(ProjectSettings, an_empty_object_means_the_defaults) {
  const auto settings = parse("{}");
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(json::serialize(to_json(*settings)), json::serialize(to_json(ProjectSettings{})));
}

TEST(ProjectSettings, read_back_as_they_were_written) {
  const char* text =
      R"({"overlap":{"kind":"adaptive","labels_per_task":2,"max_labels_per_task":9,"stratified_share":0.25,"target_posterior":0.975},
          "gold":{"rate_at_start":0.5,"rate_later":0.125,"tenure_annotations":50,"training":true},
          "tie_breaker":{"top_share_below":0.5,"max_extra_labels":2},"lease_seconds":60,"grace":"always","live_assignments":5,
          "review_share":1,"required_teams":["cardiology"],"forbidden_teams":["trainees"],"review_reasons":["wrong"],"escalate_to":"expert"})";
  const auto settings = parse(text);
  ASSERT_TRUE(settings.has_value()) << to_string(settings.error());
  EXPECT_EQ(settings->overlap.kind, Overlap::adaptive);
  EXPECT_EQ(settings->tie_breaker->max_extra_labels, 2);
  const auto again = parse_project_settings(to_json(*settings));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(json::serialize(to_json(*again)), json::serialize(to_json(*settings)));
}

TEST(ProjectSettings, every_wrong_setting_is_refused_at_its_place) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"overlap":3})", "/overlap"},
      {R"({"overlap":{"kind":"some"}})", "/overlap/kind"},
      {R"({"overlap":{"labels_per_task":0}})", "/overlap/labels_per_task"},
      {R"({"overlap":{"labels_per_task":2.5}})", "/overlap/labels_per_task"},
      {R"({"overlap":{"labels_per_task":5,"max_labels_per_task":3}})", "/overlap/max_labels_per_task"},
      {R"({"overlap":{"target_posterior":0.3}})", "/overlap/target_posterior"},
      {R"({"overlap":{"labels":3}})", "/overlap/labels"},
      {R"({"gold":{"rate_at_start":1.5}})", "/gold/rate_at_start"},
      {R"({"gold":{"training":1}})", "/gold/training"},
      {R"({"tie_breaker":{"max_extra_labels":0}})", "/tie_breaker/max_extra_labels"},
      {R"({"lease_seconds":-1})", "/lease_seconds"},
      {R"({"grace":"maybe"})", "/grace"},
      {R"({"review_share":"all"})", "/review_share"},
      {R"({"required_teams":"a"})", "/required_teams"},
      {R"({"required_teams":[""]})", "/required_teams"},
      {R"({"required_teams":["a"],"forbidden_teams":["a"]})", "/forbidden_teams"},
      {R"({"escalate_to":"heaven"})", "/escalate_to"},
      {R"({"colour":"red"})", "/colour"},
  };
  for (const auto& [text, where] : cases) {
    const auto settings = parse(text);
    ASSERT_FALSE(settings.has_value()) << text;
    EXPECT_EQ(settings.error().where, where) << text;
    EXPECT_EQ(settings.error().code, ErrorCode::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace mizan::domain
