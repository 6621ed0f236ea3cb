#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/platform/platform_test_support.h"
#include "support/label_rows.h"

namespace mizan::dataset {
namespace {

using test::gold_of;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kGolden = MIZAN_SOURCE_DIR "/tests/golden/dataset/";

TEST(Toloka, reward_and_time_of_a_page_are_shared_among_its_tasks) {
  const auto outcome = read_file(read_toloka, kGolden + "toloka.tsv");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  const auto& table = outcome->table;
  ASSERT_EQ(table.questions.size(), 2U);
  EXPECT_EQ(table.questions[0].name, "result");
  EXPECT_EQ(table.currency, "USD");
  EXPECT_THAT(rows_of(table),
              ElementsAre("t1 w1 cat clear price=20000 seconds=10.000000 time=1767607220000000",
                          "t2 w1 dog - price=20000 seconds=10.000000 time=1767607220000000",
                          "t1 w2 dog - price=20000 seconds=9.500000 time=1767610809500000",
                          "t2 w4 cat - price=20000 seconds=3.000000 time=1767616203000000"));
  EXPECT_THAT(gold_of(table, 0), ElementsAre("t2 dog"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("cancelled_annotation=1", "rejected_annotation=1"));
}

TEST(Toloka, without_task_ids_the_same_inputs_are_the_same_task) {
  const auto outcome = read_with(read_toloka,
                                 "INPUT:a\tINPUT:b\tOUTPUT:q\tASSIGNMENT:worker_id\n"
                                 "x\ty\tyes\tw1\n"
                                 "x\ty\tno\tw2\n"
                                 "x\tz\tno\tw2\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("x | y w1 yes", "x | y w2 no", "x | z w2 no"));
}

TEST(Toloka, prices_and_times_that_cannot_be_read_are_counted) {
  const auto outcome =
      read_with(read_toloka,
                "INPUT:a\tOUTPUT:q\tASSIGNMENT:worker_id\tASSIGNMENT:submitted\tASSIGNMENT:reward\n"
                "x\tyes\tw1\tnever\tfree\n"
                "x\tno\tw2\t\t\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(outcome->table), ElementsAre("x w1 yes price=? time=?", "x w2 no price=? time=?"));
  EXPECT_THAT(oddities_of(*outcome), ElementsAre("bad_price=1", "bad_time=1"));
}

TEST(Toloka, broken_files_are_refused_with_their_place) {
  struct Case {
    std::string bytes;
    ErrorCode code;
    std::string where;
  };
  const std::vector<Case> cases{
      {"INPUT:a\tASSIGNMENT:worker_id\nx\tw\n", ErrorCode::missing_column, "export"},
      {"INPUT:a\tOUTPUT:q\nx\ty\n", ErrorCode::missing_column, "export:1"},
      {"OUTPUT:q\tASSIGNMENT:worker_id\ny\tw\n", ErrorCode::missing_column, "export:1"},
      {"INPUT:a\tOUTPUT:q\tASSIGNMENT:worker_id\nx\t\"y\tw\n", ErrorCode::malformed_csv, "export:2"},
      {"INPUT:a\tOUTPUT:q\tASSIGNMENT:worker_id\n\n", ErrorCode::no_usable_rows, "export"},
      {"INPUT:a\tOUTPUT:q\tASSIGNMENT:worker_id\nx\t\xFF\tw\n", ErrorCode::not_utf8, "export:2"},
  };
  for (const Case& c : cases) {
    const auto outcome = read_with(read_toloka, c.bytes);
    ASSERT_FALSE(outcome) << c.bytes;
    EXPECT_EQ(error_name(outcome.error().code), error_name(c.code)) << c.bytes;
    EXPECT_THAT(outcome.error().where, HasSubstr(c.where)) << c.bytes;
    EXPECT_FALSE(outcome.error().hint.empty()) << c.bytes;
  }
}

}  // namespace
}  // namespace mizan::dataset
