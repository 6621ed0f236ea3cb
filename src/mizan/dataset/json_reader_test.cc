#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/base/rng.h"
#include "support/read_labels_support.h"

namespace mizan::dataset {
namespace {

using test::oddity_text;
using test::read_text;
using test::rows_of;
using test::show;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(JsonReader, reads_one_object_a_line) {
  const auto outcome = read_text(
      "{\"task\":\"1\",\"annotator\":\"a\",\"label\":\"x\"}\n"
      "{\"label\":\"y\", \"annotator\":\"b\", \"task\":\"2\", \"more\":[1,{\"task\":9}]}\r\n"
      "{\"task\":\"3\",\"annotator\":\"say \\\"hi\\\"\",\"label\":\"\\u00e9\"}");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(outcome->format, Format::jsonl);
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/x", "2/b/y", "3/say \"hi\"/é"));
}

TEST(JsonReader, reads_numbers_and_booleans_as_their_text) {
  const auto outcome = read_text(
      "{\"task\":12,\"annotator\":-3,\"label\":3.0}\n{\"task\":12345678901234567890,\"annotator\":4,"
      "\"label\":3}\n"
      "{\"task\":1,\"annotator\":5,\"label\":2.5}\n{\"task\":1,\"annotator\":6,\"label\":true}\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(*outcome), ElementsAre("12/-3/3", "12345678901234567890/4/3", "1/5/2.5", "1/6/true"));
}

TEST(JsonReader, finds_nested_keys_by_their_path) {
  const auto outcome =
      read_text("{\"task\":{\"id\":1,\"text\":\"?\"},\"by\":{\"worker\":{\"id\":\"a\"}},\"answer\":\"x\"}\n",
                {.roles = {.task = "task.id", .annotator = "by.worker.id"}});
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/x"));
}

TEST(JsonReader, reads_an_array_of_objects) {
  const auto outcome = read_text(
      "[{\"task\":1,\"annotator\":\"a\",\"label\":\"x\"},\n "
      "{\"task\":2,\"annotator\":\"b\",\"label\":null}]");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(outcome->format, Format::json);
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/x"));
  EXPECT_EQ(oddity_text(*outcome, "unusable_row"), "1 [record 2: the label is empty]");
}

TEST(JsonReader, refuses_a_line_that_is_no_object_with_its_number) {
  const auto outcome = read_text(
      "{\"task\":1,\"annotator\":\"a\",\"label\":\"x\"}\n\n{\"task\":2,\"annotator\":\n[1]\n"
      "{\"task\":3,\"annotator\":\"a\",\"label\":\"x\"} {}\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  const std::string refused = oddity_text(*outcome, "unusable_row");
  EXPECT_THAT(refused, HasSubstr("3 [line 3: this is not one JSON object"));
  EXPECT_THAT(refused, HasSubstr("[line 4: this is not one JSON object: a record must be an object"));
  EXPECT_THAT(refused, HasSubstr("[line 5: this is not one JSON object: there is text behind"));
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/x"));
}

struct Broken {
  std::string name;
  std::string text;
  ErrorCode code;
  std::string where;
};
class BrokenJson : public testing::TestWithParam<Broken> {};

TEST_P(BrokenJson, gives_one_error_with_its_place) {
  const auto outcome = read_text(GetParam().text, {}, 2, "x.jsonl");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(error_name(outcome.error().code), error_name(GetParam().code)) << to_string(outcome.error());
  EXPECT_EQ(outcome.error().where, GetParam().where);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, BrokenJson,
    testing::Values(
        Broken{"pretty_printed_object", "{\n \"task\": 1\n}\n", ErrorCode::malformed_json, "x.jsonl:1"},
        Broken{"array_cut_short", "[{\"task\":1,\"annotator\":\"a\",\"label\":\"x\"},\n",
               ErrorCode::malformed_json, "x.jsonl:2"},
        Broken{"array_of_numbers", "[1,2]", ErrorCode::malformed_json, "x.jsonl:1"},
        Broken{"array_of_arrays", "[[{\"task\":1}]]", ErrorCode::malformed_json, "x.jsonl:1"},
        Broken{"empty_array", "[]", ErrorCode::empty_input, "x.jsonl"},
        Broken{"no_label", "{\"task\":1,\"annotator\":2}\n", ErrorCode::missing_column, "x.jsonl"},
        Broken{"deep", "{\"a\":" + std::string(1000, '[') + "\n", ErrorCode::malformed_json, "x.jsonl:1"}),
    [](const auto& one) { return one.param.name; });

TEST(JsonReader, the_outcome_depends_neither_on_threads_nor_on_the_cut) {
  Rng rng(7);
  static const std::vector<std::string> kLines{
      "{\"task\":1,\"annotator\":\"a\",\"label\":\"x\"}",
      "{\"task\":2,\"annotator\":\"b\\n\",\"label\":\"y\"}",
      "{\"annotator\":\"c\",\"task\":\"0123456789abcdefgh\",\"label\":true}",
      "",
      "{broken",
      "[]",
      "{\"task\":1,\"annotator\":\"\",\"label\":\"x\"}"};
  for (int round = 0; round < 60; ++round) {
    std::string text = kLines[0] + "\n";
    for (std::size_t i = rng.below(40); i > 0; --i) text += kLines[rng.below(kLines.size())] + "\n";
    const std::string whole = show(read_text(text, {}, 1, "x.jsonl"));
    for (const std::size_t chunk : {1, 16, 100})
      for (const std::size_t threads : {1, 4})
        ASSERT_EQ(show(read_text(text, {.chunk_bytes = chunk}, threads, "x.jsonl")), whole) << text;
  }
}

}  // namespace
}  // namespace mizan::dataset
