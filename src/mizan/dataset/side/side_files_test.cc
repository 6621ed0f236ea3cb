// The files and flags that come beside the labels: suppliers, gold answers, prices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/side/gold_file.h"
#include "mizan/dataset/side/prices.h"
#include "mizan/dataset/side/supplier_file.h"
#include "support/label_rows.h"

namespace mizan::dataset {
namespace {

using test::gold_of;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ReadOutcome labels_of(const std::string& csv) {
  ThreadPool pool(1);
  auto outcome = read_labels(Input::of_bytes(csv, "labels"), {}, pool, {});
  EXPECT_TRUE(outcome) << to_string(outcome.error());
  return std::move(*outcome);
}

std::uint64_t count_of(const ReadOutcome& outcome, const std::string& code) {
  for (const Oddity& oddity : outcome.oddities)
    if (oddity.code == code) return oddity.count;
  return 0;
}

Result<std::vector<SupplierKind>> assign(ReadOutcome& outcome, const std::string& csv, bool strict = false) {
  ThreadPool pool(1);
  return assign_suppliers(Input::of_bytes(csv, "suppliers"), outcome, pool, strict);
}

Result<void> gold(ReadOutcome& outcome, const std::string& csv, bool strict = false) {
  ThreadPool pool(1);
  return add_gold_file(Input::of_bytes(csv, "gold"), outcome, pool, strict);
}

const std::string kLabels = "task,annotator,label\nt1,ann,a\nt1,bob,b\nt2,ann,b\nt2,cy,b\n";

TEST(SupplierFile, gives_every_annotator_his_supplier) {
  auto outcome = labels_of(kLabels);
  const auto kinds = assign(outcome, "Worker;Vendor;Kind\nann;acme;crowd\nbob;docs;expert\nzed;acme;crowd\n");
  ASSERT_TRUE(kinds) << to_string(kinds.error());
  EXPECT_THAT(rows_of(outcome.table),
              ElementsAre("t1 ann/acme a", "t1 bob/docs b", "t2 ann/acme b", "t2 cy/unknown b"));
  EXPECT_EQ(count_of(outcome, "unknown_supplier_row"), 1U);
  EXPECT_EQ(count_of(outcome, "missing_supplier"), 1U);
  ASSERT_EQ(kinds->size(), 2U);
  EXPECT_EQ((*kinds)[1].kind, "expert");
}

TEST(SupplierFile, goes_before_the_suppliers_of_the_labels_and_makes_one_annotator_of_two) {
  auto outcome = labels_of("task,annotator,label,supplier\nt1,ann,a,x\nt2,ann,b,y\nt2,bob,b,x\n");
  ASSERT_EQ(outcome.table.annotators.size(), 3U);
  ASSERT_TRUE(assign(outcome, "annotator,supplier\nann,acme\n"));
  EXPECT_THAT(rows_of(outcome.table), ElementsAre("t1 ann/acme a", "t2 ann/acme b", "t2 bob/x b"));
  EXPECT_EQ(outcome.table.annotators.size(), 2U);
  EXPECT_EQ(outcome.table.supplier_of_annotator.size(), 2U);
  EXPECT_EQ(count_of(outcome, "conflicting_supplier"), 2U);
}

TEST(SupplierFile, mistakes_are_refused_with_their_line) {
  struct Case {
    std::string csv;
    std::string where;
    std::string message;
  };
  const std::vector<Case> cases{
      {"annotator,supplier\nann,x\nbob,y\nann,y\n", "suppliers:4", "under \"x\" in line 2"},
      {"annotator,supplier,kind\nann,x,crowd\nbob,x,expert\n", "suppliers:3", "but crowd before"},
      {"annotator,supplier,kind\nann,x,robot\n", "suppliers:2", "not a kind"},
      {"annotator,supplier\nnobody,x\n", "suppliers", "not one annotator"},
      {"annotator,supplier\nann,\n", "suppliers:2", "the supplier is empty"},
      {"name,supplier\nann,x\n", "suppliers:1", "no column \"annotator\""},
      {"annotator,supplier\nann,x,y\n", "suppliers:2", "3 fields"},
  };
  for (const Case& c : cases) {
    auto outcome = labels_of(kLabels);
    const auto done = assign(outcome, c.csv);
    ASSERT_FALSE(done) << c.csv;
    EXPECT_EQ(done.error().code, ErrorCode::bad_suppliers);
    EXPECT_EQ(done.error().where, c.where) << c.csv;
    EXPECT_THAT(done.error().message, HasSubstr(c.message));
    EXPECT_FALSE(done.error().hint.empty());
  }
}

TEST(SupplierFile, strict_forgives_no_oddity) {
  auto outcome = labels_of(kLabels);
  const auto done = assign(outcome, "annotator,supplier\nann,x\nbob,y\n", true);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::bad_suppliers);
  EXPECT_THAT(done.error().message, HasSubstr("\"cy\""));
}

TEST(GoldFile, adds_answers_and_counts_what_does_not_fit) {
  auto outcome = labels_of(kLabels);
  const auto done = gold(outcome, "task,answer\nt2,a\nt1,c\nt9,a\n");
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_THAT(gold_of(outcome.table, 0), ElementsAre("t1 c", "t2 a"));
  EXPECT_EQ(count_of(outcome, "unknown_gold_task"), 1U);
  EXPECT_EQ(count_of(outcome, "unknown_gold_class"), 1U);
}

TEST(GoldFile, a_task_with_two_answers_has_none) {
  auto outcome = labels_of("task,annotator,label,gold\nt1,ann,a,a\nt1,bob,b,\nt2,ann,b,\nt2,cy,b,\n");
  ASSERT_EQ(outcome.table.questions[0].gold.size(), 1U);
  ASSERT_TRUE(gold(outcome, "task,answer\nt1,b\nt2,a\nt2,b\nt2,a\n"));
  EXPECT_THAT(gold_of(outcome.table, 0), IsEmpty());
  EXPECT_EQ(count_of(outcome, "conflicting_gold"), 2U);
}

TEST(GoldFile, names_the_question_where_there_are_several) {
  const std::string labels = "task,annotator,label_tone,label_topic\nt1,ann,kind,cats\nt1,bob,rude,dogs\n";
  auto outcome = labels_of(labels);
  ASSERT_EQ(outcome.table.questions.size(), 2U);
  const std::string tone = outcome.table.questions[0].name;
  ASSERT_TRUE(gold(outcome, "task,answer,question\nt1,rude," + tone + "\n"));
  EXPECT_THAT(gold_of(outcome.table, 0), ElementsAre("t1 rude"));
  EXPECT_THAT(gold_of(outcome.table, 1), IsEmpty());
  const auto unsaid = gold(outcome, "task,answer\nt1,rude\n");
  ASSERT_FALSE(unsaid);
  EXPECT_THAT(unsaid.error().hint, HasSubstr(tone));
}

TEST(GoldFile, mistakes_are_refused_with_their_line) {
  struct Case {
    std::string csv;
    std::string where;
    std::string message;
  };
  const std::vector<Case> cases{
      {"task,answer\nt8,a\n", "gold", "not one task"},
      {"task,answer\nt1,z\n", "gold", "not one answer"},
      {"task,answer\n", "gold", "not one gold answer"},
      {"task,colour\nt1,a\n", "gold:1", "no column \"answer\""},
      {"task,answer\nt1,a\nt2,\n", "gold:3", "the answer is empty"},
      {"task,answer,question\nt1,a,mood\n", "gold:2", "no question \"mood\""},
  };
  for (const Case& c : cases) {
    auto outcome = labels_of(kLabels);
    const auto done = gold(outcome, c.csv);
    ASSERT_FALSE(done) << c.csv;
    EXPECT_EQ(done.error().code, ErrorCode::bad_gold);
    EXPECT_EQ(done.error().where, c.where) << c.csv;
    EXPECT_THAT(done.error().message, HasSubstr(c.message));
    EXPECT_FALSE(done.error().hint.empty());
  }
}

TEST(Prices, are_set_by_supplier_and_for_all) {
  auto outcome = labels_of("task,annotator,label,supplier\nt1,ann,a,x\nt2,bob,b,y\n");
  const auto x = parse_supplier_price("x=0.05");
  const auto y = parse_supplier_price(" y = $2 ");
  ASSERT_TRUE(x && y);
  ASSERT_TRUE(set_prices(outcome.table, std::vector{*x}));
  EXPECT_THAT(outcome.table.price_micros, ElementsAre(50000, -1));
  ASSERT_TRUE(set_prices(outcome.table, std::vector{*y}));
  EXPECT_THAT(outcome.table.price_micros, ElementsAre(50000, 2000000));
  EXPECT_EQ(outcome.table.currency, "USD");
  auto plain = labels_of(kLabels);
  ASSERT_TRUE(set_prices(plain.table, std::vector{*parse_supplier_price("0.1")}));
  EXPECT_THAT(plain.table.price_micros, ElementsAre(100000, 100000, 100000, 100000));
}

TEST(Prices, that_make_no_sense_are_refused) {
  for (const char* text : {"x=inf", "x=nan", "x=-1", "x=", "x=1e999", "x=cheap"}) {
    const auto price = parse_supplier_price(text);
    ASSERT_FALSE(price) << text;
    EXPECT_EQ(price.error().code, ErrorCode::bad_number);
    EXPECT_EQ(price.error().where, "--price");
    EXPECT_FALSE(price.error().hint.empty());
  }
  auto outcome = labels_of("task,annotator,label,supplier\nt1,ann,a,x\nt2,bob,b,y\n");
  const auto unknown = set_prices(outcome.table, std::vector{*parse_supplier_price("z=1")});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
  EXPECT_THAT(unknown.error().hint, HasSubstr("x, y"));
  const auto mixed =
      set_prices(outcome.table, std::vector{*parse_supplier_price("x=$1"), *parse_supplier_price("y=1 €")});
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().code, ErrorCode::bad_number);
}

}  // namespace
}  // namespace mizan::dataset
