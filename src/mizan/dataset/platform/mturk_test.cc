#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/platform/platform_test_support.h"
#include "support/label_rows.h"

namespace mizan::dataset {
namespace {

using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kGolden = MIZAN_SOURCE_DIR "/tests/golden/dataset/";

// 2026-01-05 09:12:33 PST = 17:12:33 UTC; 2026-07-06 09:13:00 PDT = 16:13:00 UTC.
TEST(Mturk, every_answer_column_is_a_question_and_the_reward_a_price) {
  const auto outcome = read_file(read_mturk, kGolden + "mturk.csv");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(outcome->table.questions.at(0).name, "sentiment");
  EXPECT_EQ(outcome->table.questions.at(1).name, "stars");
  EXPECT_EQ(outcome->table.currency, "USD");
  EXPECT_THAT(rows_of(outcome->table),
              ElementsAre("H1 W1 positive 5 price=50000 seconds=33.000000 time=1767633153000000",
                          "H1 W2 negative 2 price=50000 seconds=21.000000 time=1783354380000000",
                          "H2 W1 negative 1 price=50000 seconds=4.000000 time=1767636000000000",
                          "H2 W3 negative - price=50000 seconds=? time=?"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("rejected_annotation=1"));
  EXPECT_THAT(outcome->oddities[0].examples[0], HasSubstr("line 6"));
}

TEST(Mturk, a_question_may_be_named_with_or_without_its_prefix) {
  for (const char* label : {"stars", "Answer.stars"}) {
    ReadOptions options;
    options.roles.label = {label};
    options.roles.task = "Input.text";
    const auto outcome = read_file(read_mturk, kGolden + "mturk.csv", options);
    ASSERT_TRUE(outcome) << to_string(outcome.error());
    ASSERT_EQ(outcome->table.questions.size(), 1U);
    EXPECT_EQ(outcome->table.tasks[0], "Works \"as sold\",\nand fast.");
  }
}

TEST(Mturk, rows_that_are_too_long_are_refused_with_their_line) {
  const auto outcome = read_with(read_mturk, "HITId,WorkerId,Answer.q\nh,w,a\nh,v,b,c\nh,u,\"b\"x\nh,t,b\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("h w a", "h t b"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("unusable_row=2"));
  EXPECT_THAT(outcome->oddities[0].examples, ElementsAre(HasSubstr("line 3: "), HasSubstr("line 4: ")));
}

TEST(Mturk, times_that_cannot_be_read_are_counted) {
  const std::string header = "HITId,WorkerId,Answer.q,SubmitTime\n";
  for (const char* time : {"yesterday", "Mon Foo 05 09:12:33 PST 2026", "Mon Jan 05 09:12:33 XYZ 2026",
                           "Mon Feb 30 09:12:33 PST 2026", "Mon Jan 05 99:12:33 PST 2026"}) {
    const auto outcome = read_with(read_mturk, header + "h,w,a," + time + "\nh,v,b,\n");
    ASSERT_TRUE(outcome) << to_string(outcome.error());
    EXPECT_THAT(oddities_of(*outcome), ElementsAre("bad_time=1")) << time;
  }
}

TEST(Mturk, broken_files_are_refused_with_their_place) {
  struct Case {
    std::string bytes;
    ErrorCode code;
    std::string where;
  };
  const std::vector<Case> cases{
      {"HITId,WorkerId\nh,w\n", ErrorCode::missing_column, "export"},
      {"HITId,Answer.q\nh,a\n", ErrorCode::missing_column, "export:1"},
      {"WorkerId,Answer.q\nw,a\n", ErrorCode::missing_column, "export:1"},
      {"HITId,WorkerId,Answer.q,Answer.q\nh,w,a,b\n", ErrorCode::duplicate_column, "export:1"},
      {"HITId,WorkerId,Answer.q\nh,w,a\nh,v,\"b\n", ErrorCode::malformed_csv, "export:3"},
      {"HITId,WorkerId,Answer.q\n", ErrorCode::no_usable_rows, "export"},
  };
  for (const Case& c : cases) {
    const auto outcome = read_with(read_mturk, c.bytes);
    ASSERT_FALSE(outcome) << c.bytes;
    EXPECT_EQ(error_name(outcome.error().code), error_name(c.code)) << c.bytes;
    EXPECT_EQ(outcome.error().where, c.where) << c.bytes;
    EXPECT_FALSE(outcome.error().hint.empty()) << c.bytes;
  }
}

}  // namespace
}  // namespace mizan::dataset
