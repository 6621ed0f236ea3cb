#include "mizan/app/work/submit_annotation.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/work/drafts.h"
#include "mizan/app/work/end_assignment.h"
#include "mizan/app/work/list_assignments.h"
#include "mizan/app/work/revise_annotation.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using testing::IsEmpty;

class SubmitAnnotationVerb : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(SubmitAnnotationVerb);

domain::AssignmentId leased(WorkWorld& world, const Caller& annotator) {
  return (*world.lease(annotator))->row.assignment_id;
}

TEST_P(SubmitAnnotationVerb, a_retry_with_the_same_answers_returns_the_first_result) {
  WorkWorld world(database());
  (void)world.add_tasks({.count = 1});
  const auto annotator = world.add_annotator();
  const auto assignment = leased(world, annotator);
  const auto first = world.submit(annotator, assignment, "yes");
  ASSERT_TRUE(first) << to_string(first.error());
  world.clock().advance(seconds(60));
  const auto again = world.submit(annotator, assignment, "yes");
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->annotation, first->annotation);
  EXPECT_EQ(again->submitted_at, first->submitted_at);
  EXPECT_TRUE(again->is_retry);
  const auto other = world.submit(annotator, assignment, "no");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::conflict);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, enough_answers_make_the_task_done_and_the_next_one_comes_along) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":2}})");
  const auto tasks = world.add_tasks({.count = 2});
  for (const Caller& annotator : world.add_annotators(2)) {
    auto assignment = leased(world, annotator);
    const auto first = world.submit(annotator, assignment, "yes", true);
    ASSERT_TRUE(first && first->next);
    EXPECT_EQ(first->next->row.task_id, tasks[1]);
    const auto second = world.submit(annotator, first->next->row.assignment_id, "no", true);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->next, std::nullopt);
  }
  for (const domain::TaskId task : tasks) EXPECT_EQ(world.state_of(task).state, rules::TaskState::done);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, sixty_four_annotators_submit_and_lease_at_once_and_every_answer_counts_once) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":4},"review_share":0.3})");
  const auto tasks = world.add_tasks({.count = 60});
  std::atomic<int> submitted{0};
  std::vector<std::thread> threads;
  for (const Caller& annotator : world.add_annotators(64)) {
    threads.emplace_back([&world, &submitted, annotator] {
      auto lease = world.lease(annotator);
      std::optional<GivenAssignment> given = lease ? *lease : std::nullopt;
      while (given) {
        auto taken = world.submit(annotator, given->row.assignment_id, "yes", true);
        if (!taken) break;
        ++submitted;
        given = std::move(taken->next);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(submitted, 240);
  for (const domain::TaskId task : tasks) EXPECT_EQ(world.state_of(task).counts.done_count, 4);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, of_64_retries_at_once_all_get_the_first_result_and_it_counts_once) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":2}})");
  const auto tasks = world.add_tasks({.count = 2});
  const auto annotator = world.add_annotator();
  const auto assignment = leased(world, annotator);
  std::mutex mutex;
  std::set<domain::AnnotationId> annotations;
  std::vector<std::thread> threads;
  int first_count = 0;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      const auto taken = world.submit(annotator, assignment, "yes", true);
      const std::scoped_lock lock(mutex);
      ASSERT_TRUE(taken) << to_string(taken.error());
      annotations.insert(taken->annotation);
      first_count += taken->is_retry ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(annotations.size(), 1U);
  EXPECT_EQ(first_count, 1);
  EXPECT_EQ(world.state_of(tasks[0]).counts.done_count, 1);
  EXPECT_EQ(world.state_of(tasks[1]).counts.live_count, 1) << "and one task came along, not 64";
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, answers_that_the_template_does_not_allow_are_refused) {
  WorkWorld world(database());
  (void)world.add_tasks({.count = 1});
  const auto annotator = world.add_annotator();
  const auto assignment = leased(world, annotator);
  EXPECT_EQ(world.submit(annotator, assignment, "perhaps").error().code, ErrorCode::bad_answer);
  EXPECT_EQ(world.submit(world.add_annotator(), assignment, "yes").error().code, ErrorCode::not_found);
  EXPECT_TRUE(world.submit(annotator, assignment, "yes"));
}

TEST_P(SubmitAnnotationVerb, an_expired_task_goes_to_others_and_comes_first) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":1}})");
  const auto tasks = world.add_tasks({.count = 3});
  const auto sleeper = world.add_annotator();
  const auto late = leased(world, sleeper);
  world.clock().advance(seconds(3600));
  EXPECT_EQ(*expire_assignments(world.service(), 100), 1);
  EXPECT_EQ(*expire_assignments(world.service(), 100), 0);
  const auto other = world.add_annotator();
  EXPECT_EQ((*world.lease(other))->row.task_id, tasks[0]);

  const auto refused = world.submit(sleeper, late, "yes");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::assignment_not_live);
  const auto draft = read_draft(world.service(), sleeper, late);
  ASSERT_TRUE(draft && *draft);
  EXPECT_THAT((*draft)->answers, testing::HasSubstr("yes"));
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, a_late_answer_is_taken_while_the_task_has_room) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":1}})");
  const auto tasks = world.add_tasks({.count = 1});
  const auto sleeper = world.add_annotator();
  const auto late = leased(world, sleeper);
  world.clock().advance(seconds(3600));
  ASSERT_EQ(*expire_assignments(world.service(), 100), 1);
  EXPECT_TRUE(world.submit(sleeper, late, "yes"));
  EXPECT_EQ(world.state_of(tasks[0]).state, rules::TaskState::done);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, a_late_answer_is_always_taken_where_the_project_says_so) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":1},"grace":"always"})");
  const auto tasks = world.add_tasks({.count = 1});
  const auto sleeper = world.add_annotator();
  const auto late = leased(world, sleeper);
  world.clock().advance(seconds(3600));
  ASSERT_EQ(*expire_assignments(world.service(), 100), 1);
  const auto quick = world.add_annotator();
  ASSERT_TRUE(world.submit(quick, leased(world, quick), "yes"));
  ASSERT_EQ(world.state_of(tasks[0]).state, rules::TaskState::done);
  world.clock().advance(seconds(200LL * 24 * 3600));
  const auto taken = world.submit(sleeper, late, "no");
  ASSERT_TRUE(taken) << to_string(taken.error());
  EXPECT_EQ(world.state_of(tasks[0]).state, rules::TaskState::done);
  EXPECT_EQ(world.state_of(tasks[0]).counts.done_count, 2);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, a_skipped_task_never_comes_back_and_others_get_it_first) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":1}})");
  const auto tasks = world.add_tasks({.count = 2});
  const auto annotator = world.add_annotator();
  const auto skipped = leased(world, annotator);
  EXPECT_EQ(skip_assignment(world.service(), annotator, {.assignment = skipped}).error().code,
            ErrorCode::invalid_argument);
  ASSERT_TRUE(skip_assignment(world.service(), annotator, {.assignment = skipped, .reason = "unclear"}));
  EXPECT_EQ((*world.lease(annotator))->row.task_id, tasks[1]);
  EXPECT_EQ((*world.lease(world.add_annotator()))->row.task_id, tasks[0]);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, split_answers_ask_one_more_annotator_and_no_more_than_the_cap) {
  WorkWorld world(
      database(),
      R"({"overlap":{"labels_per_task":2},"tie_breaker":{"top_share_below":0.6,"max_extra_labels":1}})");
  const auto tasks = world.add_tasks({.count = 1});
  const auto annotators = world.add_annotators(4);
  ASSERT_TRUE(world.submit(annotators[0], leased(world, annotators[0]), "yes"));
  ASSERT_TRUE(world.submit(annotators[1], leased(world, annotators[1]), "no"));
  EXPECT_EQ(world.state_of(tasks[0]).state, rules::TaskState::open);
  EXPECT_EQ(*world.lease(annotators[0]), std::nullopt);
  ASSERT_TRUE(world.submit(annotators[2], leased(world, annotators[2]), "no"));
  EXPECT_EQ(world.state_of(tasks[0]).state, rules::TaskState::done);
  EXPECT_EQ(*world.lease(annotators[3]), std::nullopt);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, a_revision_takes_the_place_of_the_answer_once) {
  WorkWorld world(database());
  const auto tasks = world.add_tasks({.count = 1});
  const auto annotator = world.add_annotator();
  const auto first = world.submit(annotator, leased(world, annotator), "yes");
  const ReviseAnnotation command{.annotation = first->annotation,
                                 .answers = boost::json::object{{"safe", "no"}}};
  const auto revised = revise_annotation(world.service(), annotator, command);
  ASSERT_TRUE(revised) << to_string(revised.error());
  EXPECT_EQ(revise_annotation(world.service(), annotator, command)->annotation_id, revised->annotation_id);
  EXPECT_EQ(world.state_of(tasks[0]).counts.done_count, 1);
  const auto history = read_history(world.service(), annotator, {.project = world.project()});
  EXPECT_EQ((*history)[0].annotation->annotation_id, revised->annotation_id);
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(SubmitAnnotationVerb, pages_of_an_annotators_assignments_meet_each_once_in_both_directions) {
  WorkWorld world(database());
  (void)world.add_tasks({.count = 6});
  const auto annotator = world.add_annotator();
  std::vector<domain::AssignmentId> expected;
  const auto lease = [&] { return expected.emplace_back(leased(world, annotator)); };
  const auto first = world.submit(annotator, lease(), "yes");
  ASSERT_TRUE(skip_assignment(world.service(), annotator, {.assignment = lease(), .reason = "unclear"}));
  ASSERT_TRUE(world.submit(annotator, lease(), "no"));
  (void)lease();
  ASSERT_TRUE(
      revise_annotation(world.service(), annotator,
                        {.annotation = first->annotation, .answers = boost::json::object{{"safe", "no"}}}));
  // Its answer is the newest now; the live one stands where it was given.
  std::rotate(expected.begin(), expected.begin() + 1, expected.end());

  std::vector<domain::AssignmentId> listed;
  ListAssignments list{.project = world.project(), .annotator = annotator.annotator, .limit = 1};
  for (auto page = list_assignments(world.service(), annotator, list); page && !page->rows.empty();
       page = list_assignments(world.service(), annotator, list))
    list.after = listed.emplace_back(page->rows[0].assignment_id);
  EXPECT_EQ(listed, expected);

  std::vector<domain::AssignmentId> history;
  ReadHistory read{.project = world.project(), .limit = 1};
  for (auto page = read_history(world.service(), annotator, read); page && !page->empty();
       page = read_history(world.service(), annotator, read))
    read.before = history.emplace_back((*page)[0].assignment.assignment_id);
  EXPECT_EQ(history, std::vector(expected.rbegin(), expected.rend()));

  const std::vector<std::pair<std::string, std::size_t>> counts{
      {"live", 1}, {"skipped", 1}, {"submitted", 2}, {"expired", 0}};
  for (const auto& [state, count] : counts) {
    const auto some =
        list_assignments(world.service(), annotator, {.project = world.project(), .state = state});
    EXPECT_EQ(some->rows.size(), count) << state;
  }
}

}  // namespace
}  // namespace mizan::app
