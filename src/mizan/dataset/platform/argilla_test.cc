#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/platform/platform_test_support.h"
#include "support/label_rows.h"

namespace mizan::dataset {
namespace {

const std::string kGolden = MIZAN_SOURCE_DIR "/tests/golden/dataset/";

using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Argilla, the_answers_of_one_user_to_a_record_are_one_row) {
  const auto outcome = read_file(read_argilla, kGolden + "argilla.json");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  const auto& table = outcome->table;
  ASSERT_EQ(table.questions.size(), 3U);
  EXPECT_EQ(table.questions[0].name, "label");
  EXPECT_EQ(table.questions[1].name, "quality");
  EXPECT_EQ(table.questions[2].name, "topics");
  EXPECT_THAT(rows_of(table),
              ElementsAre("r1 u-1 true 5 -", "r1 u-2 false - -", "r2 u-1 false - animals | pets"));
  EXPECT_THAT(oddities_of(*outcome),
              ElementsAre("cancelled_annotation=1", "unsupported_answer=1", "several_choices=1"));
}

TEST(Argilla, every_shape_of_export_gives_the_same_rows) {
  const auto nested =
      read_file(read_argilla, kGolden + "argilla.json", {.roles = {.label = {"label", "quality"}}});
  const auto flat = read_file(read_argilla, kGolden + "argilla_flat.json");
  const auto by_user = read_file(read_argilla, kGolden + "argilla_by_user.jsonl");
  ASSERT_TRUE(nested && flat && by_user);
  EXPECT_THAT(rows_of(nested->table), ElementsAre("r1 u-1 true 5", "r1 u-2 false -", "r2 u-1 false -"));
  EXPECT_EQ(rows_of(flat->table), rows_of(nested->table));
  EXPECT_THAT(rows_of(by_user->table), ElementsAre("r1 u-1 true 5", "r1 u-2 false -", "r2 u-2 false 2"));
}

TEST(Argilla, suggestions_are_a_supplier_of_their_own_when_asked_for) {
  for (const char* file : {"argilla.json", "argilla_flat.json", "argilla_by_user.jsonl"}) {
    const auto outcome = read_file(read_argilla, kGolden + file, {.with_predictions = true});
    ASSERT_TRUE(outcome) << file << ": " << to_string(outcome.error());
    const auto rows = rows_of(outcome->table);
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                            [](const std::string& row) { return row.starts_with("r1 judge-2/model true"); }),
              1)
        << file;
    EXPECT_THAT(rows, testing::Contains(HasSubstr("r1 u-1/people true 5"))) << file;
  }
}

TEST(Argilla, a_metadata_field_can_name_the_task) {
  const auto outcome =
      read_file(read_argilla, kGolden + "argilla.json", {.roles = {.task = "doc", .label = {"label"}}});
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("d-1 u-1 true", "d-1 u-2 false", "d-2 u-1 false"));
}

TEST(Argilla, broken_records_are_refused_with_their_place) {
  struct Case {
    std::string bytes;
    ErrorCode code;
    std::string where;
  };
  const std::vector<Case> cases{
      {R"([{"id":"a","fields":{},"responses":{}}])", ErrorCode::no_usable_rows, "export"},
      {R"([{"id":"a","responses":{"q":[{"value":[{"rank":1}],"user_id":"u"}]}}])", ErrorCode::missing_column,
       "export"},
      {"{\"id\":\"a\"}\n{\"id\":", ErrorCode::malformed_json, "export:2"},
      {"{\"id\":\"a\"}\n{\"id\":\"\xC0\"}", ErrorCode::not_utf8, "export:2"},
  };
  for (const Case& c : cases) {
    const auto outcome = read_with(read_argilla, c.bytes);
    ASSERT_FALSE(outcome) << c.bytes;
    EXPECT_EQ(error_name(outcome.error().code), error_name(c.code)) << c.bytes;
    EXPECT_EQ(outcome.error().where, c.where) << c.bytes;
    EXPECT_FALSE(outcome.error().hint.empty()) << c.bytes;
  }
}

TEST(Argilla, a_question_that_is_not_there_is_named) {
  const auto outcome = read_file(read_argilla, kGolden + "argilla.json", {.roles = {.label = {"nope"}}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::missing_column);
  EXPECT_THAT(outcome.error().message, HasSubstr("\"nope\"; there are: label, quality, topics"));
}

}  // namespace
}  // namespace mizan::dataset
