#include "mizan/engine/truth/label_matrix.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::truth {
namespace {

std::vector<LabelRow> rows_of(const LabelMatrix& labels) {
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < labels.task_count(); ++t)
    labels.visit_task(t, [&](AnnotatorIndex a, ClassIndex l) { rows.push_back({t, a, l}); });
  return rows;
}

TEST(LabelMatrix, gives_back_the_labels_by_task_in_their_order) {
  const std::vector<LabelRow> rows{{1, 2, 0}, {0, 1, 2}, {1, 0, 1}};
  const auto labels = LabelMatrix::from_rows(rows, 3, 3, 3);
  ASSERT_TRUE(labels);
  const auto back = rows_of(*labels);
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(back[0].annotator, 1U);
  EXPECT_EQ(back[0].label, 2U);
  EXPECT_EQ(back[1].annotator, 2U);
  EXPECT_EQ(back[2].annotator, 0U);
  EXPECT_EQ(labels->label_count_of_task(2), 0U);
}

TEST(LabelMatrix, keeps_the_last_of_repeated_labels_and_counts_the_others) {
  const std::vector<LabelRow> rows{{0, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 0, 1}};
  const auto last = LabelMatrix::from_rows(rows, 2, 2, 2);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->label_count(), 3U);
  EXPECT_EQ(last->repeat_count(), 2U);
  const auto back = rows_of(*last);
  EXPECT_EQ(back[0].annotator, 1U);
  EXPECT_EQ(back[1].annotator, 0U);
  EXPECT_EQ(back[1].label, 1U);
  const auto all = LabelMatrix::from_rows(rows, 2, 2, 2, Repeats::keep_all);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->label_count(), 5U);
  EXPECT_EQ(all->repeat_count(), 0U);
}

TEST(LabelMatrix, decodes_every_wide_code_exactly) {
  for (const std::size_t classes : {2U, 3U, 7U, 10U, 255U, 4096U}) {
    const std::size_t annotators = 1'000'000;
    std::vector<LabelRow> rows;
    for (std::uint32_t a = 0; a + 1 < annotators; a += 999)
      rows.push_back({0, a, static_cast<ClassIndex>(a % classes)});
    rows.push_back({0, 999'999, static_cast<ClassIndex>(classes - 1)});
    const auto labels = LabelMatrix::from_rows(rows, 1, annotators, classes);
    ASSERT_TRUE(labels);
    EXPECT_FALSE(labels->has_narrow_codes());
    const auto back = rows_of(*labels);
    ASSERT_EQ(back.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(back[i].annotator, rows[i].annotator);
      EXPECT_EQ(back[i].label, rows[i].label);
    }
  }
}

TEST(LabelMatrix, refuses_what_makes_no_sense) {
  const std::vector<LabelRow> row{{0, 0, 0}};
  EXPECT_EQ(LabelMatrix::from_rows(row, 1, 1, 1).error().code, ErrorCode::too_few_classes);
  EXPECT_EQ(LabelMatrix::from_rows(row, 0, 1, 2).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(LabelMatrix::from_rows(row, 1, 3'000'000'000, 2).error().code, ErrorCode::too_many_classes);
}

TEST(LabelMatrix, by_annotator_holds_the_same_labels) {
  const std::vector<LabelRow> rows{{0, 1, 1}, {1, 0, 0}, {2, 1, 0}};
  const auto labels = LabelMatrix::from_rows(rows, 3, 2, 2);
  ASSERT_TRUE(labels);
  const auto index = by_annotator(*labels);
  EXPECT_EQ(index.offsets, (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(index.task, (std::vector<TaskIndex>{1, 0, 2}));
  EXPECT_EQ(index.label, (std::vector<std::uint16_t>{0, 1, 0}));
}

// The straightforward building, as an oracle: labels by task in order, all but an annotator's last dropped.
std::vector<std::vector<LabelRow>> tasks_by_hand(const std::vector<LabelRow>& rows, std::size_t tasks,
                                                 Repeats repeats) {
  std::vector<std::vector<LabelRow>> all(tasks);
  for (const LabelRow& row : rows) {
    auto& task = all[row.task];
    if (repeats == Repeats::keep_last)
      std::erase_if(task, [&](const LabelRow& old) { return old.annotator == row.annotator; });
    task.push_back(row);
  }
  return all;
}

struct Shape {
  std::size_t rows;
  std::size_t tasks;
  std::size_t annotators;
  std::size_t classes;
};

void expect_as_by_hand(const Shape& shape, Repeats repeats) {
  Rng rng(shape.rows + shape.tasks);
  std::vector<TaskIndex> task;
  std::vector<AnnotatorIndex> annotator;
  std::vector<std::uint16_t> label;
  std::vector<LabelRow> kept;
  for (std::size_t i = 0; i < shape.rows; ++i) {
    task.push_back(static_cast<TaskIndex>(rng.below(shape.tasks)));
    annotator.push_back(static_cast<AnnotatorIndex>(rng.below(shape.annotators)));
    label.push_back(static_cast<std::uint16_t>(rng.below(shape.classes)));
    if (rng.below(50) == 0)
      label.back() = 65535;  // no label
    else
      kept.push_back({task.back(), annotator.back(), label.back()});
  }
  const auto expected = tasks_by_hand(kept, shape.tasks, repeats);
  for (const std::size_t threads : {1U, 4U}) {
    ThreadPool pool(threads);
    const auto labels = LabelMatrix::from_columns(pool, task, annotator, label, shape.tasks, shape.annotators,
                                                  shape.classes, repeats);
    ASSERT_TRUE(labels);
    EXPECT_EQ(labels->repeat_count() + labels->label_count(), kept.size());
    for (std::size_t t = 0; t < shape.tasks; ++t) {
      std::size_t place = 0;
      ASSERT_EQ(labels->label_count_of_task(static_cast<TaskIndex>(t)), expected[t].size()) << "task " << t;
      labels->visit_task(static_cast<TaskIndex>(t), [&](AnnotatorIndex a, ClassIndex l) {
        EXPECT_EQ(a, expected[t][place].annotator);
        EXPECT_EQ(l, expected[t][place++].label);
      });
    }
  }
}

TEST(LabelMatrix, large_shuffled_columns_come_out_as_by_hand) {
  for (const Repeats repeats : {Repeats::keep_last, Repeats::keep_all})
    for (const Shape& shape :
         {Shape{0, 5, 3, 2}, Shape{1, 1, 1, 2}, Shape{1000, 7, 40, 3}, Shape{300'000, 90'000, 20, 2},
          Shape{200'000, 40, 300, 4}, Shape{200'000, 50'000, 30'000, 5}, Shape{70'000, 300'000, 9, 2}})
      expect_as_by_hand(shape, repeats);
}

TEST(LabelMatrix, names_the_first_row_that_is_out_of_range) {
  const std::size_t rows = 400'000;
  const std::vector<AnnotatorIndex> annotator(rows, 0);
  std::vector<TaskIndex> task(rows, 1);
  std::vector<std::uint16_t> label(rows, 1);
  task[390'000] = 2;
  label[210'000] = 2;
  ThreadPool pool(4);
  const auto labels = LabelMatrix::from_columns(pool, task, annotator, label, 2, 1, 2);
  ASSERT_FALSE(labels);
  EXPECT_EQ(labels.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(labels.error().message.find("row 210000 "), std::string::npos) << labels.error().message;
}

}  // namespace
}  // namespace mizan::truth
