#include "mizan/app/work/reviews.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/projects/templates.h"
#include "mizan/app/work/adjudicate.h"
#include "mizan/app/work/gold.h"
#include "mizan/app/work/list_assignments.h"
#include "mizan/store/quality/consensus.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using testing::IsEmpty;

class ReviewVerbs : public test::EachDatabase {
 protected:
  // One task that one annotator has answered "yes", and the review that waits for it.
  void SetUp() override {
    test::EachDatabase::SetUp();
    if (IsSkipped()) return;
    world_.emplace(database(), R"({"overlap":{"labels_per_task":1},"review_share":1})");
    task_ = world_->add_tasks({.count = 1}).front();
    annotator_ = world_->add_annotator();
    ASSERT_TRUE(world_->submit(annotator_, (*world_->lease(annotator_))->row.assignment_id, "yes"));
    const auto waiting = list_reviews(world_->service(), world_->reviewer(),
                                      {.project = world_->project(), .state = "pending"});
    ASSERT_TRUE(waiting) << to_string(waiting.error());
    ASSERT_EQ(waiting->size(), 1U);
    review_ = waiting->front().review_id;
  }
  Result<store::ReviewRow> settle(SettleReview command) {
    command.project = world_->project();
    command.review = review_;
    return settle_review(world_->service(), world_->reviewer(), command);
  }
  std::vector<store::ConsensusRow> consensus() {
    return *database().read([&](store::Transaction& tx) {
      return store::consensus_of_task(tx, {world_->project(), task_});
    });
  }

  std::optional<WorkWorld> world_;
  Caller annotator_;
  domain::TaskId task_{};
  domain::ReviewId review_{};
};
MIZAN_ON_EACH_DATABASE(ReviewVerbs);

TEST_P(ReviewVerbs, a_rejected_annotation_no_longer_counts_and_the_annotator_sees_why) {
  ASSERT_TRUE(settle({.step = rules::ReviewStep::reject, .reason = "wrong", .comment = "look again"}));
  EXPECT_EQ(world_->state_of(task_).state, rules::TaskState::open);
  EXPECT_THAT(consensus(), IsEmpty());
  EXPECT_EQ(*world_->lease(annotator_), std::nullopt);
  EXPECT_NE(*world_->lease(world_->add_annotator()), std::nullopt);
  const auto history = read_history(world_->service(), annotator_, {.project = world_->project()});
  EXPECT_EQ((*history)[0].review->comment, "look again");
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, a_fixed_annotation_makes_the_reviewers_answers_the_consensus) {
  ASSERT_TRUE(settle(
      {.step = rules::ReviewStep::fix, .reason = "wrong", .answers = boost::json::object{{"safe", "no"}}}));
  const auto rows = consensus();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].class_code, 1);
  EXPECT_EQ(rows[0].basis, "review");
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, a_verdict_is_given_once_with_a_reason_of_the_project) {
  EXPECT_EQ(settle({.step = rules::ReviewStep::reject}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(settle({.step = rules::ReviewStep::reject, .reason = "ugly"}).error().code,
            ErrorCode::invalid_argument);
  ASSERT_TRUE(settle({.step = rules::ReviewStep::accept}));
  EXPECT_EQ(settle({.step = rules::ReviewStep::accept}).error().code, ErrorCode::illegal_transition);
  EXPECT_EQ(world_->state_of(task_).state, rules::TaskState::done);
}

TEST_P(ReviewVerbs, adjudication_shows_letters_alone_and_has_the_last_word) {
  const auto view = read_adjudication(world_->service(), world_->reviewer(), world_->project(), task_);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->answers[0].letter, "A");
  const auto done = adjudicate_task(world_->service(), world_->reviewer(),
                                    {.project = world_->project(),
                                     .task = task_,
                                     .answers = boost::json::object{{"safe", "no"}},
                                     .becomes_gold = true,
                                     .explanation = "it says so"});
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(world_->state_of(task_).state, rules::TaskState::gold);
  EXPECT_EQ(read_gold(world_->service(), world_->reviewer(), world_->project(), task_)->explanation,
            "it says so");
  EXPECT_EQ(consensus()[0].class_code, 1);
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, what_comes_after_the_last_word_teaches_and_does_not_change_it) {
  const auto late = world_->add_annotator();
  const auto task = world_->add_tasks({.count = 1}).front();
  const auto in_hand = (*world_->lease(late))->row.assignment_id;
  ASSERT_TRUE(adjudicate_task(
      world_->service(), world_->reviewer(),
      {.project = world_->project(), .task = task, .answers = boost::json::object{{"safe", "no"}}}));
  ASSERT_TRUE(world_->submit(late, in_hand, "yes"));
  const auto read = [&] {
    return *database().read([&](store::Transaction& tx) {
      return store::consensus_of_task(tx, {world_->project(), task});
    });
  };
  ASSERT_EQ(read().size(), 1U);
  EXPECT_EQ(read()[0].class_code, 1);
  EXPECT_EQ(read()[0].basis, "review");
  EXPECT_EQ(read()[0].label_count, 1);
  EXPECT_EQ(world_->state_of(task).state, rules::TaskState::done);
  const auto labels = *database().read([&](store::Transaction& tx) {
    return store::labels_of_task(tx, {world_->project(), task});
  });
  ASSERT_EQ(labels.size(), 1U);
  EXPECT_EQ(labels[0].annotator, *late.annotator);
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

// "safe" is settled by a reviewer, who says nothing of "calm": that is believed by its labels, the late one
// among them.
TEST_P(ReviewVerbs, what_comes_late_counts_for_questions_that_the_reviewer_left_out) {
  constexpr std::string_view kTwoQuestions =
      R"({"display": [{"type": "text", "path": "/text"}], "questions": [
    {"name": "safe", "type": "choice", "options": [{"value": "yes"}, {"value": "no"}]},
    {"name": "calm", "type": "choice", "required": false, "options": [{"value": "yes"}, {"value": "no"}]}]})";
  ASSERT_TRUE(append_template(world_->service(), system_caller(),
                              {.project_id = world_->project(), .document = std::string(kTwoQuestions)}));
  const auto task = world_->add_tasks({.count = 1}).front();
  const auto late = world_->add_annotator();
  const auto in_hand = (*world_->lease(late))->row.assignment_id;
  ASSERT_TRUE(adjudicate_task(
      world_->service(), world_->reviewer(),
      {.project = world_->project(), .task = task, .answers = boost::json::object{{"safe", "no"}}}));
  ASSERT_TRUE(submit_annotation(
      world_->service(), late,
      {.assignment = in_hand, .answers = boost::json::object{{"safe", "yes"}, {"calm", "yes"}}}));
  const auto rows = *database().read([&](store::Transaction& tx) {
    return store::consensus_of_task(tx, {world_->project(), task});
  });
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].question, "calm");
  EXPECT_EQ(rows[0].basis, "labels");
  EXPECT_EQ(rows[0].class_code, 0);
  EXPECT_EQ(rows[0].label_count, 1);
  EXPECT_EQ(rows[1].basis, "review");
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, an_annotation_that_is_rejected_after_the_last_word_leaves_no_label) {
  ASSERT_TRUE(adjudicate_task(
      world_->service(), world_->reviewer(),
      {.project = world_->project(), .task = task_, .answers = boost::json::object{{"safe", "no"}}}));
  const auto annotations =
      list_annotations(world_->service(), world_->reviewer(), {.project = world_->project()});
  ASSERT_TRUE(annotations);
  const auto asked = request_review(world_->service(), world_->reviewer(), world_->project(),
                                    annotations->rows.front().annotation_id);
  ASSERT_TRUE(asked) << to_string(asked.error());
  review_ = asked->review_id;
  ASSERT_TRUE(settle({.step = rules::ReviewStep::reject, .reason = "wrong"}));
  EXPECT_EQ(world_->state_of(task_).state, rules::TaskState::done);
  ASSERT_EQ(consensus().size(), 1U);
  EXPECT_EQ(consensus()[0].class_code, 1);
  EXPECT_EQ(consensus()[0].label_count, 0);
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, gold_that_is_unset_is_an_ordinary_task_again) {
  const auto fresh = world_->add_tasks({.count = 1}).front();
  ASSERT_TRUE(set_gold(
      world_->service(), world_->reviewer(),
      {.project = world_->project(), .task = fresh, .answers = boost::json::object{{"safe", "no"}}}));
  EXPECT_EQ(world_->state_of(fresh).state, rules::TaskState::gold);
  ASSERT_TRUE(unset_gold(world_->service(), world_->reviewer(), world_->project(), fresh));
  EXPECT_EQ(world_->state_of(fresh).state, rules::TaskState::open);
  EXPECT_EQ(unset_gold(world_->service(), world_->reviewer(), world_->project(), fresh).error().code,
            ErrorCode::not_found);
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, a_manager_of_two_suppliers_sees_the_lists_of_both_and_of_no_third) {
  ASSERT_TRUE(settle({.step = rules::ReviewStep::accept}));
  const auto second = world_->add_supplier();
  const auto third = world_->add_supplier();
  for (const auto supplier : {second, third}) {
    world_->add_tasks({.count = 1});
    const auto annotator = world_->add_annotator({.supplier = supplier});
    ASSERT_TRUE(world_->submit(annotator, (*world_->lease(annotator))->row.assignment_id));
    const auto waiting = *list_reviews(world_->service(), world_->reviewer(),
                                       {.project = world_->project(), .state = "pending"});
    review_ = waiting.front().review_id;
    ASSERT_TRUE(settle({.step = rules::ReviewStep::accept}));
  }
  Caller manager = world_->manager_of(world_->supplier());
  for (const auto& held : world_->manager_of(second).memberships) manager.memberships.push_back(held);
  const auto project = world_->project();
  const auto annotations = list_annotations(world_->service(), manager, {.project = project});
  ASSERT_TRUE(annotations) << to_string(annotations.error());
  std::set<domain::SupplierId> seen;
  for (const auto& row : annotations->rows) seen.insert(row.supplier_id);
  EXPECT_EQ(seen, (std::set{world_->supplier(), second}));
  seen.clear();
  const auto assignments = list_assignments(world_->service(), manager, {.project = project});
  ASSERT_TRUE(assignments) << to_string(assignments.error());
  for (const auto& row : assignments->rows) seen.insert(row.supplier_id);
  EXPECT_EQ(seen, (std::set{world_->supplier(), second}));
  EXPECT_EQ(list_reviews(world_->service(), manager, {.project = project})->size(), 2U);
}

TEST_P(ReviewVerbs, what_a_reviewer_said_stands_also_when_it_is_gold_no_longer) {
  ASSERT_TRUE(adjudicate_task(world_->service(), world_->reviewer(),
                              {.project = world_->project(),
                               .task = task_,
                               .answers = boost::json::object{{"safe", "no"}},
                               .becomes_gold = true}));
  ASSERT_TRUE(unset_gold(world_->service(), world_->reviewer(), world_->project(), task_));
  EXPECT_EQ(world_->state_of(task_).state, rules::TaskState::done);
  ASSERT_EQ(consensus().size(), 1U);
  EXPECT_EQ(consensus()[0].basis, "review");
  EXPECT_EQ(consensus()[0].class_code, 1);
  EXPECT_THAT(world_->breaches(), IsEmpty());
}

TEST_P(ReviewVerbs, an_annotator_sees_no_review_that_waits_and_no_other_annotators) {
  EXPECT_THAT(*list_reviews(world_->service(), annotator_, {.project = world_->project()}), IsEmpty());
  ASSERT_TRUE(settle({.step = rules::ReviewStep::accept}));
  EXPECT_EQ(list_reviews(world_->service(), annotator_, {.project = world_->project()})->size(), 1U);
  EXPECT_THAT(*list_reviews(world_->service(), world_->add_annotator(), {.project = world_->project()}),
              IsEmpty());
}

}  // namespace
}  // namespace mizan::app
