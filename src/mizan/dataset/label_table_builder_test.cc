#include "mizan/dataset/label_table_builder.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mizan::dataset {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> texts(const domain::Dictionary& dictionary) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < dictionary.size(); ++i) all.emplace_back(dictionary[i]);
  return all;
}

struct Row {
  std::string_view task, annotator, label, supplier = {}, gold = {}, price = {};
};

Result<ReadOutcome> build(TableShape shape, const std::vector<Row>& rows, ReadOptions options = {}) {
  LabelTableBuilder builder(std::move(shape));
  std::uint64_t place = 0;
  for (const Row& row : rows) {
    const std::string_view labels[] = {row.label};
    const std::string_view gold[] = {row.gold};
    builder.add_row({.task = row.task,
                     .annotator = row.annotator,
                     .supplier = row.supplier,
                     .labels = labels,
                     .gold = gold,
                     .price = row.price,
                     .place = ++place});
  }
  ThreadPool pool(2);
  return std::move(builder).finish(pool, options, "x", "row");
}

const Oddity* find(const ReadOutcome& outcome, std::string_view code) {
  for (const Oddity& oddity : outcome.oddities)
    if (oddity.code == code) return &oddity;
  return nullptr;
}

TEST(LabelTableBuilder, numbers_ids_by_first_appearance_and_sorts_classes) {
  const auto outcome = build({}, {{"t2", "bob", "yes"}, {"t1", "ann", "no"}, {"t2", "ann", "no"}});
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  const domain::LabelTable& table = outcome->table;
  EXPECT_THAT(texts(table.tasks), ElementsAre("t2", "t1"));
  EXPECT_THAT(texts(table.annotators), ElementsAre("bob", "ann"));
  EXPECT_THAT(texts(table.questions[0].classes), ElementsAre("no", "yes"));
  EXPECT_THAT(table.task, ElementsAre(0, 1, 0));
  EXPECT_THAT(table.annotator, ElementsAre(0, 1, 1));
  EXPECT_THAT(table.questions[0].label, ElementsAre(1, 0, 0));
  EXPECT_TRUE(outcome->oddities.empty());
}

TEST(LabelTableBuilder, sorts_numeric_classes_as_numbers) {
  const auto outcome = build({}, {{"t", "a", "10"}, {"t", "b", "9"}, {"t", "c", "-1"}, {"t", "d", "2.5"}});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(texts(outcome->table.questions[0].classes), ElementsAre("-1", "2.5", "9", "10"));
}

TEST(LabelTableBuilder, one_class_that_is_no_number_makes_all_sort_as_text) {
  const auto outcome = build({}, {{"t", "a", "10"}, {"t", "b", "9"}, {"t", "c", "n/a"}});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(texts(outcome->table.questions[0].classes), ElementsAre("10", "9", "n/a"));
}

TEST(LabelTableBuilder, refuses_rows_without_task_annotator_or_label_and_says_why) {
  const auto outcome = build({}, {{"t", "a", "x"}, {"", "a", "x"}, {"t", " ", "x"}, {"t", "b", "\t"}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->row_count, 4U);
  EXPECT_EQ(outcome->used_row_count, 1U);
  const Oddity* refused = find(*outcome, "unusable_row");
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->count, 3U);
  EXPECT_THAT(refused->examples, ElementsAre("row 2: the task is empty", "row 3: the annotator is empty",
                                             "row 4: the label is empty"));
}

TEST(LabelTableBuilder, strict_makes_a_refused_row_an_error_with_its_place) {
  const auto outcome = build({}, {{"t", "a", "x"}, {"", "a", "x"}}, {.strict = true});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::unusable_row);
  EXPECT_EQ(outcome.error().where, "x:2");
}

TEST(LabelTableBuilder, no_usable_row_is_an_error_that_gives_the_first_reason) {
  const auto outcome = build({}, {{"", "a", "x"}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::no_usable_rows);
  EXPECT_THAT(outcome.error().message, HasSubstr("row 1: the task is empty"));
}

TEST(LabelTableBuilder, the_same_id_under_two_suppliers_is_two_annotators) {
  const auto outcome =
      build({.has_supplier = true},
            {{"t", "w1", "x", "b"}, {"t", "w1", "x", "a"}, {"t", "w2", "x", "a"}, {"u", "w1", "y", "b"}});
  ASSERT_TRUE(outcome);
  const domain::LabelTable& table = outcome->table;
  EXPECT_THAT(texts(table.suppliers), ElementsAre("b", "a"));
  EXPECT_THAT(texts(table.annotators), ElementsAre("b/w1", "a/w1", "w2"));
  EXPECT_THAT(table.supplier_of_annotator, ElementsAre(0, 1, 1));
  EXPECT_THAT(table.annotator, ElementsAre(0, 1, 2, 0));
  ASSERT_NE(find(*outcome, "shared_annotator_id"), nullptr);
}

TEST(LabelTableBuilder, names_of_shared_ids_never_clash_with_real_ids) {
  const auto outcome =
      build({.has_supplier = true}, {{"t", "a/w", "x", "z"}, {"t", "w", "x", "a"}, {"t", "w", "x", "b"}});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(texts(outcome->table.annotators), ElementsAre("a/w", "a/w_", "b/w"));
}

TEST(LabelTableBuilder, a_row_without_supplier_is_kept_under_unknown_and_counted) {
  const auto outcome = build({.has_supplier = true}, {{"t", "w", "x", ""}, {"t", "v", "x", "a"}});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(texts(outcome->table.suppliers), ElementsAre("unknown", "a"));
  EXPECT_EQ(find(*outcome, "missing_supplier")->count, 1U);
}

TEST(LabelTableBuilder, gold_is_one_answer_a_task_and_a_contradiction_is_dropped_and_counted) {
  const auto outcome = build({}, {{"t1", "a", "x", {}, "y"},
                                  {"t1", "b", "x", {}, "y"},
                                  {"t2", "a", "x", {}, "x"},
                                  {"t2", "b", "y", {}, "y"},
                                  {"t3", "b", "y"}});
  ASSERT_TRUE(outcome);
  const domain::Question& question = outcome->table.questions[0];
  ASSERT_EQ(question.gold.size(), 1U);
  EXPECT_EQ(outcome->table.tasks[question.gold[0].task], "t1");
  EXPECT_EQ(question.classes[question.gold[0].answer], "y");
  EXPECT_EQ(find(*outcome, "bad_gold")->count, 1U);
  EXPECT_THAT(find(*outcome, "bad_gold")->examples[0], HasSubstr("row 4: task \"t2\""));
}

TEST(LabelTableBuilder, gold_of_a_task_without_labels_is_kept) {
  LabelTableBuilder builder({});
  const std::string_view labels[] = {"a"};
  builder.add_row({.task = "t1", .annotator = "w", .labels = labels});
  builder.add_gold("t9", 0, "b");
  ThreadPool pool(1);
  const auto outcome = std::move(builder).finish(pool, {}, "x", "row");
  ASSERT_TRUE(outcome);
  EXPECT_THAT(texts(outcome->table.tasks), ElementsAre("t1", "t9"));
  ASSERT_EQ(outcome->table.questions[0].gold.size(), 1U);
  EXPECT_EQ(outcome->table.questions[0].gold[0].task, 1U);
  EXPECT_EQ(outcome->table.questions[0].gold[0].answer, 1U);
}

TEST(LabelTableBuilder, a_question_left_unanswered_has_no_label) {
  LabelTableBuilder builder({.questions = {"tone", "safety"}});
  const std::string_view both[] = {"kind", "safe"};
  const std::string_view second[] = {"", "unsafe"};
  const std::string_view short_one[] = {"rude"};
  builder.add_row({.task = "t", .annotator = "a", .labels = both});
  builder.add_row({.task = "t", .annotator = "b", .labels = second});
  builder.add_row({.task = "t", .annotator = "c", .labels = short_one});
  ThreadPool pool(1);
  const auto outcome = std::move(builder).finish(pool, {}, "x", "row");
  ASSERT_TRUE(outcome);
  EXPECT_THAT(outcome->table.questions[0].label, ElementsAre(0, domain::kNoLabel, 1));
  EXPECT_THAT(outcome->table.questions[1].label, ElementsAre(0, 1, domain::kNoLabel));
}

TEST(LabelTableBuilder, a_symbol_sets_the_currency_and_a_second_one_is_refused) {
  const auto good =
      build({.has_price = true}, {{"t", "a", "x", {}, {}, "$0.05"}, {"t", "b", "x", {}, {}, "0.10"}});
  ASSERT_TRUE(good);
  EXPECT_EQ(good->table.currency, "USD");
  EXPECT_THAT(good->table.price_micros, ElementsAre(50'000, 100'000));
  const auto bad =
      build({.has_price = true}, {{"t", "a", "x", {}, {}, "$1"}, {"t", "b", "x", {}, {}, "1 €"}});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ErrorCode::bad_number);
  EXPECT_EQ(bad.error().where, "x:2");
}

TEST(LabelTableBuilder, a_bad_price_is_unknown_and_counted_but_na_is_simply_unknown) {
  const auto outcome =
      build({.has_price = true}, {{"t", "a", "x", {}, {}, "cheap"}, {"t", "b", "x", {}, {}, "NA"}});
  ASSERT_TRUE(outcome);
  EXPECT_THAT(outcome->table.price_micros, ElementsAre(kUnknownPrice, kUnknownPrice));
  EXPECT_EQ(find(*outcome, "bad_price")->count, 1U);
}

TEST(LabelTableBuilder, blanks_around_ids_are_removed_and_counted) {
  const auto outcome = build({}, {{" t", "a", "x"}, {"t", "b", "x "}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->table.tasks.size(), 1U);
  EXPECT_EQ(find(*outcome, "trimmed_space")->count, 2U);
}

TEST(LabelTableBuilder, answers_that_differ_in_case_only_are_pointed_out) {
  const auto outcome = build({}, {{"t", "a", "Yes"}, {"t", "b", "yes"}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->table.questions[0].classes.size(), 2U);
  EXPECT_NE(find(*outcome, "similar_classes"), nullptr);
}

TEST(LabelTableBuilder, free_text_as_label_is_refused_with_a_hint) {
  LabelTableBuilder builder({});
  for (int i = 0; i < 5000; ++i) {
    const std::string text = "answer " + std::to_string(i);
    const std::string_view labels[] = {text};
    builder.add_row({.task = "t", .annotator = "a", .labels = labels});
  }
  ThreadPool pool(1);
  const auto outcome = std::move(builder).finish(pool, {}, "x", "row");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::too_many_classes);
  EXPECT_THAT(outcome.error().hint, HasSubstr("--label"));
}

}  // namespace
}  // namespace mizan::dataset
