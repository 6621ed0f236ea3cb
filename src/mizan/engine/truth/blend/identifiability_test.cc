#include "mizan/engine/truth/blend/identifiability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> codes(const std::vector<Note>& notes) {
  std::vector<std::string> codes;
  for (const Note& note : notes) codes.push_back(note.code);
  return codes;
}

const Note& find(const std::vector<Note>& notes, const std::string& code) {
  static const Note kNone;
  for (const Note& note : notes)
    if (note.code == code) return note;
  ADD_FAILURE() << "no note " << code;
  return kNone;
}

TEST(Identifiability, well_linked_labels_lack_gold_only) {
  const auto made = test::simulate({});
  EXPECT_THAT(codes(identifiability({test::matrix_of(made.rows, 200, 20, 3)})), ElementsAre("no_gold"));
}

TEST(Identifiability, one_label_per_task_is_said_and_not_called_disconnected) {
  const auto made = test::simulate({.labels_per_task = 1});
  EXPECT_THAT(codes(identifiability({test::matrix_of(made.rows, 200, 20, 3)})),
              ElementsAre("one_label_per_task", "no_gold"));
}

TEST(Identifiability, gold_on_every_task_says_enough_even_with_one_label_each) {
  const auto made = test::simulate({.labels_per_task = 1});
  EXPECT_THAT(codes(identifiability({test::matrix_of(made.rows, 200, 20, 3), made.truth})),
              ElementsAre("gold_assumed_random", "few_labels_per_task"));
}

// Two crowds of three who never meet: tasks 0-9 and 10-19.
std::vector<LabelRow> two_crowds(AnnotatorIndex second_crowd_size) {
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < 20; ++t)
    for (AnnotatorIndex w = 0; w < (t < 10 ? 3 : second_crowd_size); ++w)
      rows.push_back({t, t < 10 ? w : 3 + w, (t + w) % 2});
  return rows;
}

TEST(Identifiability, crowds_that_never_meet_are_counted) {
  const auto labels = test::matrix_of(two_crowds(3), 20, 6, 2);
  const Connectivity found = connectivity({labels});
  EXPECT_EQ(found.group_count, 2U);
  EXPECT_EQ(found.largest_group, 3U);
  EXPECT_EQ(found.annotator_count, 6U);
  const Note& note = find(identifiability({labels}), "disconnected_groups");
  EXPECT_EQ(std::get<double>(note.args.at(0).second), 2);
}

TEST(Identifiability, stragglers_beside_a_main_group_are_counted) {
  const auto labels = test::matrix_of(two_crowds(1), 20, 4, 2);
  const Note& note = find(identifiability({labels}), "disconnected_annotators");
  EXPECT_EQ(std::get<double>(note.args.at(0).second), 1);
}

TEST(Identifiability, gold_links_crowds_that_never_meet) {
  std::vector<std::int32_t> gold(20, kNoGold);
  gold[12] = 1;
  const auto labels = test::matrix_of(two_crowds(1), 20, 4, 2);
  EXPECT_EQ(connectivity({labels, gold}).unlinked_without_gold, 0U);
  EXPECT_THAT(codes(identifiability({labels, gold})), ElementsAre("few_gold"));
}

TEST(Identifiability, a_chain_of_shared_tasks_is_one_group_in_any_order) {
  std::vector<LabelRow> rows;
  for (AnnotatorIndex w = 0; w < 30; ++w) {
    rows.push_back({(w * 7) % 31, w, 0});
    rows.push_back({((w + 1) * 7) % 31, w, 1});
  }
  EXPECT_EQ(connectivity({test::matrix_of(rows, 31, 30, 2)}).group_count, 1U);
}

TEST(Identifiability, odd_classes_are_said) {
  const auto few = test::matrix_of({{0, 0, 0}, {0, 1, 1}}, 1, 2, 5);
  EXPECT_THAT(codes(identifiability({few})), ElementsAre("more_classes_than_labels", "no_gold"));
  const auto one = test::matrix_of({{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, 2, 2, 2);
  EXPECT_THAT(codes(identifiability({one})), ElementsAre("one_class", "no_gold"));
  auto made = test::simulate({});
  made.rows.push_back({0, 19, 3});
  const auto notes = identifiability({test::matrix_of(made.rows, 200, 20, 4, Repeats::keep_all)});
  EXPECT_EQ(std::get<std::vector<ClassIndex>>(find(notes, "rare_classes").args.at(1).second),
            (std::vector<ClassIndex>{3}));
}

TEST(Identifiability, one_annotator_alone_is_said) {
  const auto labels =
      test::matrix_of({{0, 0, 0}, {1, 0, 1}, {0, 0, 1}, {1, 0, 0}}, 2, 1, 2, Repeats::keep_all);
  const auto found = codes(identifiability({labels}));
  EXPECT_NE(std::find(found.begin(), found.end(), "one_annotator"), found.end());
}

}  // namespace
}  // namespace mizan::truth
