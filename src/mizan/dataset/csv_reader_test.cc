#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/base/rng.h"
#include "support/read_labels_support.h"

namespace mizan::dataset {
namespace {

using namespace std::string_literals;

using test::oddity_text;
using test::read_text;
using test::rows_of;
using test::show;
using testing::ElementsAre;
using testing::HasSubstr;

struct Case {
  std::string name;
  std::string text;
  std::vector<std::string> rows;
};

class Csv : public testing::TestWithParam<Case> {};

TEST_P(Csv, gives_the_rows) {
  const auto outcome = read_text(GetParam().text);
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(rows_of(*outcome), GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Csv,
    testing::Values(
        Case{"plain", "task,annotator,label\n1,a,x\n2,b,y\n", {"1/a/x", "2/b/y"}},
        Case{"no_last_line_end", "task,annotator,label\n1,a,x", {"1/a/x"}},
        Case{"crlf", "task,annotator,label\r\n1,a,x\r\n2,b,y\r\n", {"1/a/x", "2/b/y"}},
        Case{"crlf_quoted", "\"task\",\"annotator\",\"label\"\r\n\"1\",\"a\",\"x\"\r\n", {"1/a/x"}},
        Case{"carriage_return_alone", "task,annotator,label\r1,a,x\r2,b,y\r", {"1/a/x", "2/b/y"}},
        Case{"byte_order_mark", "\xEF\xBB\xBFtask,annotator,label\n1,a,x\n", {"1/a/x"}},
        Case{"tab", "task\tannotator\tlabel\n1\ta\tx,y\n", {"1/a/x,y"}},
        Case{"semicolon", "task;annotator;label\n1;a;0,5\n2;b;1,5\n", {"1/a/0,5", "2/b/1,5"}},
        Case{"bar", "task|annotator|label\n1|a|x\n", {"1/a/x"}},
        Case{"quoted_delimiter", "task,annotator,label\n\"1,2\",a,x\n", {"1,2/a/x"}},
        Case{"quoted_line_end", "task,annotator,label\n\"1\n2\",a,x\n3,b,y\n", {"1\n2/a/x", "3/b/y"}},
        Case{"doubled_quote",
             "task,annotator,label\n\"say \"\"hi\"\"\",a,\"\"\"x\"\"\"\n",
             {"say \"hi\"/a/\"x\""}},
        Case{"quote_inside_plain_field",
             "task,annotator,label\n5\" pipe,a,x\n6\" pipe,a,y\n",
             {"5\" pipe/a/x", "6\" pipe/a/y"}},
        Case{"blanks_before_quote", "task,annotator,label\n1, \"a,b\" ,x\n", {"1/a,b/x"}},
        Case{"utf8", "مهمة,task,annotator,label\n-,مهمة ١,ليلى,نعم\n", {"مهمة ١/ليلى/نعم"}},
        Case{"other_order", "label,extra,annotator,task\nx,?,a,1\n", {"1/a/x"}},
        Case{"long_ids",
             "task,annotator,label\n0123456789abcdef0123456789abcdef,a,x\n0123456789abcdef0123456789abcdef,b,"
             "x\n"
             "0123456789abcdef0123456789abcdeg,b,x\n",
             {"0123456789abcdef0123456789abcdef/a/x", "0123456789abcdef0123456789abcdef/b/x",
              "0123456789abcdef0123456789abcdeg/b/x"}},
        Case{"blank_lines_first", "\n \ntask,annotator,label\n1,a,x\n", {"1/a/x"}}),
    [](const auto& one) { return one.param.name; });

TEST(CsvReader, several_label_columns_are_several_questions) {
  const auto outcome =
      read_text("task,annotator,label_tone,label_safety\n1,a,kind,safe\n1,b,,unsafe\n2,a,rude,\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(outcome->table.questions[0].name, "label_tone");
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/kind/safe", "1/b/-/unsafe", "2/a/rude/-"));
}

TEST(CsvReader, reads_price_seconds_time_supplier_and_gold) {
  const auto outcome = read_text(
      "item,worker,answer,vendor,cost_usd,duration_ms,submitted_at,truth\n"
      "1,a,x,s1,0.05,1500,2026-01-31T12:00:00Z,x\n"
      "2,b,y,s2,,,,\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(show(outcome),
            "tasks [1][2]\nannotators [a][b]\nsuppliers [s1][s2]\n0 1 \n"
            "question answer [x][y] gold 0=0\n"
            "0 0 0 p50000 s1.500000 t1769860800000000\n"
            "1 1 1 p-1 snan t-9223372036854775808\n"
            "currency USD\nrows 2 used 2");
  std::string roles;
  for (const ColumnUse& use : outcome->columns) roles += std::string(role_name(use.role)) + " ";
  EXPECT_EQ(roles, "task annotator label supplier price seconds time gold ");
}

TEST(CsvReader, without_a_header_columns_are_named_by_position) {
  const auto outcome = read_text(
      "1,a,x\n2,b,y\n", {.roles = {.task = "1", .annotator = "2", .label = {"3"}}, .has_header = false});
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/x", "2/b/y"));
}

TEST(CsvReader, refused_rows_carry_their_line_behind_quoted_line_ends) {
  const auto outcome = read_text(
      "task,annotator,label\n"
      "\"one\ntwo\nthree\",a,x\n"  // lines 2 to 4
      "1,a\n"                      // 5
      "\n"                         // 6
      "2,a,x,y\n"                  // 7
      "\"3\"3,a,x\n"               // 8
      ",a,x\n");                   // 9
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(
      oddity_text(*outcome, "unusable_row"),
      "4 [line 5: the row has 2 fields, the header has 3][line 7: the row has 4 fields, the header has 3]"
      "[line 8: there is text behind a closing quote][line 9: the task is empty]");
  EXPECT_EQ(oddity_text(*outcome, "blank_line"), "1 [line 6: the line is empty]");
  EXPECT_EQ(outcome->row_count, 5U);
  EXPECT_EQ(outcome->used_row_count, 1U);
}

TEST(CsvReader, a_nul_byte_in_an_id_refuses_the_row) {
  const auto outcome = read_text(std::string("task,annotator,label\n1,a,x\n2\0 2,a,x\n", 35));
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(oddity_text(*outcome, "unusable_row"), "1 [line 3: the task holds a NUL byte]");
}

TEST(CsvReader, an_overlong_id_refuses_the_row) {
  const auto outcome = read_text("task,annotator,label\n1,a,x\n" + std::string(70'000, 'q') + ",a,x\n");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(oddity_text(*outcome, "unusable_row"), HasSubstr("line 3: the task has 70000 bytes"));
}

struct Broken {
  std::string name;
  std::string text;
  ErrorCode code;
  std::string where;
  std::string says;  // in message or hint
};

class BrokenCsv : public testing::TestWithParam<Broken> {};

TEST_P(BrokenCsv, gives_one_error_with_its_place) {
  const auto outcome = read_text(GetParam().text);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(error_name(outcome.error().code), error_name(GetParam().code)) << to_string(outcome.error());
  EXPECT_EQ(outcome.error().where, GetParam().where);
  EXPECT_THAT(to_string(outcome.error()), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, BrokenCsv,
    testing::Values(
        Broken{"empty", "", ErrorCode::empty_input, "labels.csv", "0 bytes"},
        Broken{"blank", " \n\n", ErrorCode::empty_input, "labels.csv", "blank"},
        Broken{"header_alone", "task,annotator,label\n", ErrorCode::no_usable_rows, "labels.csv",
               "not one row"},
        Broken{"unclosed_quote", "task,annotator,label\n1,a,x\n2,\"b,y\n3,c,z\n", ErrorCode::malformed_csv,
               "labels.csv:3", "never closed"},
        Broken{"unclosed_quote_in_header", "task,\"annotator,label\n1,a,x\n", ErrorCode::malformed_csv,
               "labels.csv:1", "never closed"},
        Broken{"latin_1", "task,annotator,label\n1,a,x\n2,Jos\xE9,x\n", ErrorCode::not_utf8, "labels.csv:3",
               "iconv"},
        Broken{"utf_16", std::string("\xFF\xFEt\0a\0s\0k\0", 10), ErrorCode::not_utf8, "labels.csv",
               "UTF-16"},
        Broken{"utf_16_without_mark", std::string("t\0a\0s\0k\0,\0", 10), ErrorCode::not_utf8, "labels.csv",
               "UTF-16"},
        Broken{"no_label_column", "task,annotator,colour\n1,a,x\n", ErrorCode::missing_column, "labels.csv:1",
               "no column could be recognised as label; there are: task, annotator, colour"},
        Broken{"two_task_columns", "task,item,annotator,label\n1,1,a,x\n", ErrorCode::ambiguous_column,
               "labels.csv:1", "--task"},
        Broken{"two_columns_of_one_name", "task,annotator,label,label\n1,a,x,y\n",
               ErrorCode::duplicate_column, "labels.csv:1", "two columns, 3 and 4,"},
        Broken{"wide", "task,rater_1,rater_2,rater_3\n1,x,y,x\n", ErrorCode::missing_column, "labels.csv:1",
               "melt"},
        Broken{"zip", "PK\x03\x04 something", ErrorCode::unsupported_format, "labels.csv", "Excel"},
        Broken{"two_currencies", "task,annotator,label,price\n1,a,x,$1\n2,a,x,\n3,a,y,2€\n",
               ErrorCode::bad_number, "labels.csv:4", "line 2 has USD"},
        Broken{"all_rows_refused", "task,annotator,label\n1,a\n", ErrorCode::no_usable_rows, "labels.csv",
               "line 2: the row has 2 fields"}),
    [](const auto& one) { return one.param.name; });

TEST(CsvReader, strict_stops_at_the_first_line_that_loses_something) {
  const auto outcome = read_text("task,annotator,label,price\n1,a,x,1\n2,a,x,cheap\n3,a\n", {.strict = true});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::bad_number);
  EXPECT_EQ(outcome.error().where, "labels.csv:3");
}

TEST(CsvReader, a_nul_in_a_row_that_runs_on_behind_its_piece_is_refused_too) {
  const std::string text = "task,annotator,label\n1,a,x\n2,b,a long label with \0 in it and more\n3,c,y\n"s;
  const auto whole = read_text(text);
  const auto pieces = read_text(text, {.chunk_bytes = 16});
  ASSERT_TRUE(whole && pieces);
  EXPECT_EQ(whole->used_row_count, 2U);
  EXPECT_EQ(pieces->used_row_count, 2U);
}

TEST(CsvReader, cancelling_ends_with_an_error) {
  ThreadPool pool(2);
  const Progress progress{.is_cancelled = [] { return true; }};
  const auto outcome = read_labels(Input::of_bytes("task,annotator,label\n1,a,x\n"), {}, pool, progress);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::cancelled);
}

// A random text of fields that try the reader: quotes, line ends and delimiters inside quotes, stray quotes,
// ragged and blank rows, now and then a quote that is never closed.
std::string nasty_csv(Rng& rng) {
  static const std::vector<std::string> kFields{"a",
                                                "bb",
                                                "\"q\"",
                                                "\"x,y\"",
                                                "\"l1\nl2\"",
                                                "\"d\"\"d\"",
                                                "5\" in",
                                                " padded ",
                                                "",
                                                "\"\"",
                                                "\"\n\n\n\"",
                                                "é",
                                                "\"a\"b",
                                                "0123456789abcdefXYZ",
                                                "\"0123456789abcdef\"\"Z\""};
  std::string text = "task,annotator,label,supplier,gold,price\n";
  const std::size_t rows = rng.below(60);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t width = rng.below(12) == 0 ? 1 + rng.below(8) : 6;
    for (std::size_t f = 0; f < width; ++f) text += (f > 0 ? "," : "") + kFields[rng.below(kFields.size())];
    text += rng.below(5) == 0 ? "\r\n" : "\n";
  }
  if (rng.below(8) == 0) text += "\"open";
  return text;
}

TEST(CsvReader, the_outcome_depends_neither_on_threads_nor_on_the_cut) {
  Rng rng(20260131);
  for (int round = 0; round < 150; ++round) {
    const std::string text = nasty_csv(rng);
    const std::string whole = show(read_text(text, {}, 1));
    for (const std::size_t chunk : {1, 7, 64, 333})
      for (const std::size_t threads : {1, 2, 4})
        ASSERT_EQ(show(read_text(text, {.chunk_bytes = chunk}, threads)), whole)
            << text << "\nchunk " << chunk;
  }
}

}  // namespace
}  // namespace mizan::dataset
