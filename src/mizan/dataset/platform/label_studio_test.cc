#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/platform/platform_test_support.h"
#include "support/label_rows.h"

namespace mizan::dataset {
namespace {

const std::string kGolden = MIZAN_SOURCE_DIR "/tests/golden/dataset/";

using test::gold_of;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 2026-01-05T10:00:00.5Z, T10:05:00Z and T11:30:00Z in microseconds.
TEST(LabelStudio, reads_choices_and_ratings_of_every_annotation) {
  const auto outcome = read_file(read_label_studio, kGolden + "label_studio.json");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  const auto& table = outcome->table;
  ASSERT_EQ(table.questions.size(), 2U);
  EXPECT_EQ(table.questions[0].name, "sentiment");
  EXPECT_EQ(table.questions[1].name, "stars");
  EXPECT_THAT(rows_of(table), ElementsAre("101 3 negative 1 seconds=12.250000 time=1767607200500000",
                                          "101 4 positive - seconds=8.000000 time=1767607500000000",
                                          "102 4 neutral | positive 5 seconds=? time=1767612600000000"));
  EXPECT_THAT(gold_of(table, 0), ElementsAre("102 positive"));
  EXPECT_THAT(gold_of(table, 1), IsEmpty());
  EXPECT_THAT(oddities_of(*outcome),
              ElementsAre("cancelled_annotation=1", "unsupported_answer=1", "several_choices=1"));
}

TEST(LabelStudio, predictions_are_a_supplier_of_their_own_when_asked_for) {
  const auto outcome =
      read_file(read_label_studio, kGolden + "label_studio.json", {.with_predictions = true});
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(
      rows_of(outcome->table),
      ElementsAre(HasSubstr("101 3/people negative"), HasSubstr("101 4/people positive"),
                  HasSubstr("101 judge-2/model negative - seconds=? time=?"), HasSubstr("102 4/people")));
}

TEST(LabelStudio, a_data_field_can_name_the_task_and_a_flag_the_question) {
  ReadOptions options;
  options.roles.task = "doc";
  options.roles.label = {"stars"};
  const auto outcome = read_file(read_label_studio, kGolden + "label_studio.json", options);
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre(HasSubstr("d-1 3 1 "), HasSubstr("d-2 4 5 ")));
}

TEST(LabelStudio, reads_the_flat_export) {
  const auto outcome = read_file(read_label_studio, kGolden + "label_studio_min.json");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table),
              ElementsAre("101 3 negative 1 seconds=12.250000 time=1767607200500000",
                          "101 4 positive - seconds=8.000000 time=1767607500000000",
                          "102 4 neutral | positive 5 seconds=20.500000 time=1767612600000000"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("unsupported_answer=1", "several_choices=1"));
}

std::string task_with(const std::string& annotations) {
  return R"([{"id":1,"data":{},"annotations":[)" + annotations + "]}]";
}

std::string choice(const std::string& annotator, const std::string& label) {
  return R"({"completed_by":)" + annotator +
         R"(,"result":[{"from_name":"q","type":"choices","value":{"choices":[")" + label + R"("]}}]})";
}

TEST(LabelStudio, tasks_may_also_come_one_a_line) {
  const std::string line = R"({"id":1,"data":{},"annotations":[)" + choice("1", "a") + "]}\n";
  const std::string other = R"({"id":2,"data":{},"annotations":[)" + choice("1", "b") + "]}\n";
  const auto outcome = read_with(read_label_studio, "\xEF\xBB\xBF" + line + "\r\n" + other);
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("1 1 a", "2 1 b"));
}

TEST(LabelStudio, a_pairwise_answer_is_a_choice_of_left_or_right) {
  const auto outcome = read_with(
      read_label_studio,
      task_with(
          R"({"completed_by":1,"result":[{"from_name":"better","type":"pairwise","value":{"selected":"left"}}]})"));
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("1 1 left"));
}

TEST(LabelStudio, an_annotation_without_an_annotator_is_refused_and_counted) {
  const auto outcome = read_with(read_label_studio, task_with(choice("null", "a") + "," + choice("7", "b") +
                                                              R"(,{"completed_by":8,"result":[]})"));
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("1 7 b"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("unusable_row=2"));
  EXPECT_THAT(outcome->oddities[0].examples[0], HasSubstr("task 1"));
}

TEST(LabelStudio, a_question_answered_for_each_region_counts_once) {
  const auto outcome = read_with(
      read_label_studio,
      task_with(R"({"completed_by":1,"result":[{"from_name":"q","value":{"start":0,"choices":["a"]}},)"
                R"({"from_name":"q","value":{"start":9,"choices":["b"]}}]})"));
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("1 1 a"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("unsupported_answer=1"));
}

TEST(LabelStudio, a_choice_question_that_is_free_text_is_left_out_and_said_so) {
  std::string annotations;
  for (int i = 0; i < 40; ++i) {
    if (i > 0) annotations += ",";
    annotations +=
        R"({"completed_by":)" + std::to_string(i) +
        R"(,"result":[{"from_name":"q","value":{"choices":["a"]}},{"from_name":"note","value":{"choices":["n)" +
        std::to_string(i) + R"("]}}]})";
  }
  const auto outcome = read_with(read_label_studio, task_with(annotations));
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  ASSERT_EQ(outcome->table.questions.size(), 1U);
  EXPECT_EQ(outcome->table.questions[0].name, "q");
  EXPECT_THAT(outcome->oddities.at(0).examples.at(0), HasSubstr("\"note\" looks like free text"));
}

TEST(LabelStudio, broken_exports_are_refused_with_their_place) {
  struct Case {
    std::string bytes;
    ErrorCode code;
    std::string where;
    std::string message;
  };
  const std::string good = choice("1", "a");
  const std::vector<Case> cases{
      {R"([{"id":1,"data":{},"annotations":[]}])", ErrorCode::no_usable_rows, "export",
       "no task has an annotation"},
      {task_with(R"({"completed_by":1,"result":[]})"), ErrorCode::missing_column, "export",
       "there is no label"},
      {"[\n{\"id\":1,\n\"annotations\":[", ErrorCode::malformed_json, "export:2", "cut short"},
      {"[\n{}\n{}]", ErrorCode::malformed_json, "export:3", "comma"},
      {"[{},\n3]", ErrorCode::malformed_json, "export:2", "object was expected"},
      {"[]\n x", ErrorCode::malformed_json, "export:2", "after the array"},
      {"[{}", ErrorCode::malformed_json, "export:1", "cut short"},
      {"\n[{\"a\":\"\n\n\xFF\"}]", ErrorCode::not_utf8, "export:4", "UTF-8"},
      {"[{\"a\":tru}]", ErrorCode::malformed_json, "export:1", "not valid JSON"},
      {"[{\"a\":" + std::string(300, '['), ErrorCode::malformed_json, "export:1", "nested deeper"},
      {"{\"a\":\"unclosed", ErrorCode::malformed_json, "export:1", "cut short"},
  };
  for (const Case& c : cases) {
    const auto outcome = read_with(read_label_studio, c.bytes);
    ASSERT_FALSE(outcome) << c.bytes;
    EXPECT_EQ(error_name(outcome.error().code), error_name(c.code)) << c.bytes;
    EXPECT_EQ(outcome.error().where, c.where) << c.bytes;
    EXPECT_THAT(outcome.error().message, HasSubstr(c.message));
    EXPECT_FALSE(outcome.error().hint.empty()) << c.bytes;
  }
}

TEST(LabelStudio, flags_that_name_other_columns_are_refused) {
  ReadOptions options;
  options.roles.annotator = "completed_by";
  const auto outcome = read_with(read_label_studio, task_with(choice("1", "a")), options);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(outcome.error().where, "--annotator");
}

}  // namespace
}  // namespace mizan::dataset
