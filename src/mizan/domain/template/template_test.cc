// Tables of tests/golden/template: every block, every kind of question, every condition, every gold rule.
// The same tables hold the published JSON Schema to the parser (tests/template/test_template_schema.py).
#include "mizan/domain/template/template.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/domain/template/answers.h"
#include "mizan/domain/template/gold_score.h"
#include "mizan/domain/template/labels.h"

namespace mizan::domain {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

json::array table(const std::string& name) {
  std::ifstream file(std::string(MIZAN_SOURCE_DIR) + "/tests/golden/template/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str()).as_array();
}

std::string text_of(const json::object& row, std::string_view member) {
  const auto* value = row.if_contains(member);
  return value == nullptr ? "" : std::string(value->as_string());
}

json::value document_of(const json::object& row) {
  if (const auto* whole = row.if_contains("template")) return *whole;
  json::object out;
  if (const auto* display = row.if_contains("display")) out["display"] = *display;
  json::array questions;
  if (const auto* before = row.if_contains("before")) questions = before->as_array();
  if (const auto* own = row.if_contains("questions")) {
    for (const auto& question : own->as_array()) questions.push_back(question);
  } else {
    questions.push_back({{"name", "q"}, {"type", "text"}});
  }
  out["questions"] = questions;
  return out;
}

template <class T>
void expect_error(const Result<T>& result, const json::object& row, ErrorCode code) {
  ASSERT_FALSE(result.has_value()) << "accepted";
  EXPECT_EQ(result.error().code, code);
  EXPECT_EQ(result.error().where, text_of(row, "error")) << result.error().message;
  EXPECT_THAT(result.error().message, HasSubstr(text_of(row, "says")));
}

TEST(Template, table_of_templates) {
  for (const auto& each : table("templates.json")) {
    const auto& row = each.as_object();
    SCOPED_TRACE(text_of(row, "name"));
    const auto parsed = read_template(document_of(row));
    if (row.contains("error")) {
      expect_error(parsed, row, ErrorCode::malformed_template);
    } else {
      EXPECT_TRUE(parsed.has_value()) << to_string(parsed.error());
    }
  }
}

void check_accepted(const Template& task_template, const Answers& answers, const json::object& row) {
  const std::string text = to_json(task_template, answers);
  const auto* canonical = row.if_contains("canonical");
  EXPECT_EQ(text, to_json(task_template, *parse_answers(task_template, json::parse(text))));
  EXPECT_EQ(json::parse(text),
            json::parse(json::serialize(canonical != nullptr ? *canonical : row.at("answers"))));
  const auto* labels = row.if_contains("labels");
  if (labels == nullptr) return;
  json::object seen;
  for (const auto& label : labels_of(task_template, answers)) seen[label.question] = label.label;
  EXPECT_EQ(seen, labels->as_object());
}

TEST(Answers, table_of_answers) {
  for (const auto& group : table("answers.json")) {
    const auto task_template = read_template(document_of(group.as_object()));
    ASSERT_TRUE(task_template.has_value()) << to_string(task_template.error());
    for (const auto& each : group.at("cases").as_array()) {
      const auto& row = each.as_object();
      SCOPED_TRACE(text_of(row, "name"));
      const auto answers = parse_answers(*task_template, row.at("answers"));
      if (row.contains("error")) {
        expect_error(answers, row, ErrorCode::bad_answer);
      } else if (answers) {
        check_accepted(*task_template, *answers, row);
      } else {
        ADD_FAILURE() << to_string(answers.error());
      }
    }
  }
}

TEST(Answers, canonical_text_keeps_the_order_of_the_template) {
  const auto task_template =
      *parse_template(R"({"questions": [{"name": "z", "type": "number"}, {"name": "a", "type": "text"}]})");
  const auto answers = *parse_answers(task_template, json::parse(R"({"a": "x", "z": 12.5})"));
  EXPECT_EQ(to_json(task_template, answers), R"({"z":12.5,"a":"x"})");
}

TEST(Answers, drafts_may_be_unfinished) {
  const auto task_template = *parse_template(
      R"({"questions": [{"name": "a", "type": "text", "min_length": 9}, {"name": "b", "type": "rating"}]})");
  EXPECT_TRUE(parse_draft_answers(task_template, json::parse(R"({"a": "x"})")).has_value());
  const auto wrong = parse_draft_answers(task_template, json::parse(R"({"b": 9})"));
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().where, "/answers/b");
}

TEST(GoldScore, table_of_gold) {
  for (const auto& each : table("gold.json")) {
    const auto& row = each.as_object();
    SCOPED_TRACE(text_of(row, "name"));
    json::object question = row.at("question").as_object();
    question["name"] = "q";
    const auto task_template = read_template(json::object{{"questions", json::array{question}}});
    ASSERT_TRUE(task_template.has_value()) << to_string(task_template.error());
    const auto gold = parse_gold_answers(*task_template, json::object{{"q", row.at("gold")}});
    const auto answers = parse_answers(*task_template, json::object{{"q", row.at("answer")}});
    ASSERT_TRUE(gold.has_value()) << to_string(gold.error());
    ASSERT_TRUE(answers.has_value()) << to_string(answers.error());
    const auto scores = score_gold(*task_template, *gold, *answers);
    ASSERT_EQ(scores.size(), 1U);
    EXPECT_EQ(gold_result_name(scores[0].result), text_of(row, "result"));
    if (const auto* measure = row.if_contains("measure")) {
      EXPECT_NEAR(scores[0].measure, measure->to_number<double>(), 1e-9);
    }
  }
}

TEST(GoldScore, a_question_hidden_by_an_earlier_mistake_is_not_scored_twice) {
  const auto task_template = *parse_template(R"({"questions": [
    {"name": "safe", "type": "choice", "options": [{"value": "yes"}, {"value": "no"}]},
    {"name": "why", "type": "text", "show_if": {"question": "safe", "equals": "no"}}]})");
  const auto gold = *parse_gold_answers(task_template, json::parse(R"({"safe": "no", "why": "violence"})"));
  const auto answers = *parse_answers(task_template, json::parse(R"({"safe": "yes"})"));
  const auto scores = score_gold(task_template, gold, answers);
  EXPECT_EQ(scores[0].result, GoldResult::incorrect);
  EXPECT_EQ(scores[1].result, GoldResult::not_scored);
}

TEST(GoldScore, gold_answers_are_checked_too) {
  const auto task_template = *parse_template(R"({"questions": [{"name": "r", "type": "rating"}]})");
  const auto gold = parse_gold_answers(task_template, json::parse(R"({"r": 6})"));
  ASSERT_FALSE(gold.has_value());
  EXPECT_EQ(gold.error().where, "/gold/r");
}

TEST(Labels, inference_sees_every_part_with_its_classes) {
  const auto task_template = *parse_template(R"({"questions": [
    {"name": "c", "type": "choice", "options": [{"value": "x"}, {"value": "y"}]},
    {"name": "m", "type": "choices", "options": [{"value": "p"}, {"value": "q"}]},
    {"name": "r", "type": "rating", "max": 3},
    {"name": "p", "type": "preference", "levels": 4, "tie": true},
    {"name": "g", "type": "rubric", "criteria": [{"name": "ok"}]},
    {"name": "off", "type": "rating", "inference": "none"},
    {"name": "t", "type": "text"}]})");
  std::vector<std::string> seen;
  for (const auto& each : inference_questions(task_template)) {
    std::string line = each.name + (each.is_ordinal ? " (ordinal):" : ":");
    for (const auto& name : each.classes) line += " " + name;
    seen.push_back(line);
  }
  EXPECT_THAT(seen, testing::ElementsAre("c: x y", "m/p: yes no", "m/q: yes no", "r (ordinal): 1 2 3",
                                         "p: a b tie", "g/ok: met not_met"));
}

TEST(Labels, strength_stands_beside_the_winner) {
  const auto task_template =
      *parse_template(R"({"questions": [{"name": "p", "type": "preference", "levels": 4}]})");
  const auto answers = *parse_answers(task_template, json::parse(R"({"p": {"winner": "b", "strength": 2}})"));
  EXPECT_THAT(labels_of(task_template, answers), testing::ElementsAre(QuestionLabel{"p", "b", 2}));
}

TEST(Rubric, score_is_the_weighted_sum_and_its_share_of_the_most) {
  const auto task_template = *parse_template(R"({"questions": [{"name": "g", "type": "rubric",
    "criteria": [{"name": "right", "weight": 6}, {"name": "clear", "weight": 2}, {"name": "harmful", "weight": -4}],
    "verdicts": [{"value": "yes", "score": 1}, {"value": "partly", "score": 0.5}, {"value": "no", "score": 0}]}]})");
  const auto& question = std::get<RubricQuestion>(task_template.questions[0].body);
  const auto score = [&](const char* text) {
    const auto answers = *parse_answers(task_template, json::parse(text));
    return rubric_score(question, std::get<RubricAnswer>(*answers.find("g")));
  };
  const auto mixed = score(
      R"({"g": {"right": {"verdict": "yes"}, "clear": {"verdict": "partly"}, "harmful": {"verdict": "partly"}}})");
  EXPECT_DOUBLE_EQ(mixed.points, 5);
  EXPECT_DOUBLE_EQ(mixed.most, 8);
  EXPECT_DOUBLE_EQ(*mixed.percent, 62.5);
  const auto worst = score(
      R"({"g": {"right": {"verdict": "no"}, "clear": {"verdict": "no"}, "harmful": {"verdict": "yes"}}})");
  EXPECT_DOUBLE_EQ(*worst.percent, -50);
}

TEST(Rubric, no_share_without_a_positive_weight) {
  const RubricQuestion question{.criteria = {{.name = "x", .weight = -1}},
                                .verdicts = {{"met", "", 1}, {"not_met", "", 0}}};
  EXPECT_EQ(rubric_score(question, {{{"x", "met", ""}}}).percent, std::nullopt);
}

TEST(Payload, has_what_the_template_shows) {
  const auto task_template = *parse_template(R"({
    "display": [{"type": "chat", "path": "/messages"}, {"type": "image", "path": "/meta/pic~1ture", "optional": true},
                {"type": "side_by_side", "blocks": [{"type": "text", "path": "/a"}, {"type": "text", "content": "fixed"}]}],
    "questions": [{"name": "s", "type": "spans", "path": "/text", "labels": [{"value": "x"}]}]})");
  EXPECT_THAT(payload_fields(task_template), testing::ElementsAre("a", "messages", "meta", "text"));
  const auto check = [&](const char* payload) {
    const auto result = check_payload(task_template, json::parse(payload));
    return result ? "" : result.error().where;
  };
  EXPECT_EQ(check(R"({"messages": [], "a": 1, "text": "t", "more": 1})"), "");
  EXPECT_EQ(check(R"({"messages": {}, "a": 1, "text": "t"})"), "/messages");
  EXPECT_EQ(check(R"({"messages": [], "a": 1})"), "/text");
  EXPECT_EQ(check(R"({"messages": [], "a": 1, "text": "t", "meta": {"pic/ture": 3}})"), "/meta/pic~1ture");
  EXPECT_EQ(check(R"([])"), "/");
}

TEST(Template, every_recipe_is_a_template) {
  std::size_t count = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(MIZAN_SOURCE_DIR) + "/examples/templates")) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    std::stringstream text;
    text << in.rdbuf();
    const auto parsed = parse_template(text.str());
    EXPECT_TRUE(parsed.has_value()) << file.path() << " " << to_string(parsed.error());
    ++count;
  }
  EXPECT_GE(count, 8U);
}

TEST(Template, text_that_is_not_json) {
  EXPECT_EQ(parse_template("{").error().code, ErrorCode::malformed_template);
  EXPECT_EQ(parse_template(std::string(kMaxTemplateBytes + 1, ' ')).error().code,
            ErrorCode::malformed_template);
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  EXPECT_EQ(parse_template(deep).error().code, ErrorCode::malformed_template);
}

}  // namespace
}  // namespace mizan::domain
