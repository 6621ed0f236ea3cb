#include "mizan/app/tasks/task_table.h"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/tasks/task_places.h"
#include "mizan/app/work/list_assignments.h"
#include "support/query_plan.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

const std::string kSettings =
    R"({"overlap":{"kind":"fixed","labels_per_task":2},"gold":{"rate_at_start":0,"rate_later":0},)"
    R"("review_share":0})";

class TaskTableOf : public test::EachDatabase {
 protected:
  static Caller lead() {
    Caller caller;
    caller.account = {7};
    caller.memberships = {{rules::Role::owner, rules::kOrganisation}};
    return caller;
  }
  // Every page of a query, by ids.
  static std::vector<domain::TaskId> walk(test::WorkWorld& world, BrowseTasks query) {
    query.filter.project = world.project();
    std::vector<domain::TaskId> found;
    for (int page = 0; page < 100; ++page) {
      const auto table = browse_tasks(world.service(), lead(), query);
      EXPECT_TRUE(table) << to_string(table.error());
      if (!table) break;
      for (const auto& row : table->rows) found.push_back(row.task_id);
      if (!table->next) return found;
      query.after = table->next;
    }
    ADD_FAILURE() << "the walk does not end";
    return found;
  }
  // 12 tasks of law, 5 of art, which the second does not know; everybody says yes, the second annotator no to
  // every third.
  void fill(test::WorkWorld& world) {
    law_ = world.add_tasks({.count = 12, .domain = "law"});
    rest_ = world.add_tasks({.count = 5, .domain = "art"});
    second_supplier_ = world.add_supplier();
    const Caller first = world.add_annotator();
    const Caller second = world.add_annotator({.supplier = second_supplier_, .domains = {"law"}});
    for (const Caller* who : {&first, &second})
      for (int i = 0; i < 17; ++i) {
        const auto given = world.lease(*who);
        ASSERT_TRUE(given);
        if (!*given) break;
        ASSERT_TRUE(
            world.submit(*who, (*given)->row.assignment_id, who == &second && i % 3 == 0 ? "no" : "yes"));
      }
    second_ = second.annotator;
  }
  std::vector<domain::TaskId> law_, rest_;
  domain::SupplierId second_supplier_{};
  std::optional<domain::AnnotatorId> second_{};
};
MIZAN_ON_EACH_DATABASE(TaskTableOf);

TEST_P(TaskTableOf, a_page_from_a_place_is_the_same_as_by_scrolling) {
  test::WorkWorld world(database(), kSettings);
  const auto all = world.add_tasks({.count = 1'203, .domain = "law"});
  const auto found = list_task_places(world.service(), lead(), world.project());
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ((*found)->task_count, 1'203);
  ASSERT_EQ((*found)->places.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    BrowseTasks query{.filter = {.project = world.project()}, .after = store::TaskPlace{(*found)->places[i]}};
    const auto page = browse_tasks(world.service(), lead(), query);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->rows.front().task_id, all[(i + 1) * 500]);
  }
  // Of a project of this size they are looked up whenever they are asked for.
  world.add_tasks({.count = 300, .domain = "law"});
  const auto later = list_task_places(world.service(), lead(), world.project());
  EXPECT_EQ((*later)->task_count, 1'503);
  EXPECT_EQ((*later)->places.size(), 3U);
}

TEST(FoundTaskPlaces, are_good_for_a_while) {
  FoundTaskPlaces found;
  const domain::ProjectId project{7};
  const Instant now{1'000'000'000};
  found.put(project, now, std::make_shared<const TaskPlaces>(TaskPlaces{.task_count = 3}));
  ASSERT_NE(found.find(project, now + seconds(29)), nullptr);
  EXPECT_EQ(found.find(project, now + seconds(29))->task_count, 3);
  EXPECT_EQ(found.find(domain::ProjectId{8}, now), nullptr);
  EXPECT_EQ(found.find(project, now + kTaskPlacesKept), nullptr);
}

TEST_P(TaskTableOf, pages_meet_every_task_once_in_both_orders) {
  test::WorkWorld world(database(), kSettings);
  fill(world);
  std::vector<domain::TaskId> all = law_;
  all.insert(all.end(), rest_.begin(), rest_.end());
  EXPECT_EQ(walk(world, {.filter = {}, .limit = 4}), all);
  const auto by_doubt = walk(world, {.filter = {}, .least_certain_first = true, .limit = 4});
  EXPECT_EQ(std::set(by_doubt.begin(), by_doubt.end()), std::set(all.begin(), all.end()));
  EXPECT_EQ(by_doubt.size(), all.size());
}

TEST_P(TaskTableOf, the_least_certain_stand_first_and_a_range_of_certainty_narrows) {
  test::WorkWorld world(database(), kSettings);
  fill(world);
  BrowseTasks query{.filter = {.project = world.project()}, .least_certain_first = true};
  const auto table = browse_tasks(world.service(), lead(), query);
  ASSERT_TRUE(table) << to_string(table.error());
  ASSERT_EQ(table->rows.size(), 17U);
  EXPECT_EQ(table->question, "safe");
  for (std::size_t i = 1; i < table->rows.size(); ++i)
    EXPECT_LE(table->rows[i - 1].confidence, table->rows[i].confidence);
  for (const store::TaskTableRow& row : table->rows)
    EXPECT_EQ(row.confidence_bin, store::confidence_bin(*row.confidence));
  EXPECT_LT(table->rows.front().top_share, 0.6);
  const double middle = *table->rows[8].confidence;
  for (const bool in_order : {false, true}) {
    const auto sure = walk(world, {.filter = {.confidence_from = middle}, .least_certain_first = in_order});
    const auto unsure =
        walk(world, {.filter = {.confidence_below = middle}, .least_certain_first = in_order});
    EXPECT_EQ(sure.size() + unsure.size(), 17U);
    EXPECT_GT(sure.size(), 0U);
  }
}

TEST_P(TaskTableOf, filters_narrow_by_state_domain_supplier_annotator_disagreement_and_name) {
  test::WorkWorld world(database(), kSettings);
  fill(world);
  EXPECT_EQ(walk(world, {.filter = {.domain = "law"}}), law_);
  EXPECT_EQ(walk(world, {.filter = {.state = "done"}}), law_);
  EXPECT_EQ(walk(world, {.filter = {.state = "open"}}), rest_);
  EXPECT_EQ(walk(world, {.filter = {.supplier = second_supplier_}}), law_);
  EXPECT_EQ(walk(world, {.filter = {.annotator = second_}}), law_);
  EXPECT_EQ(walk(world, {.filter = {.top_share_below = 0.9}}).size(), 4U);
  EXPECT_EQ(walk(world, {.filter = {.state = "done", .top_share_below = 0.9}, .limit = 3}).size(), 4U);
  const auto table = browse_tasks(world.service(), lead(), {.filter = {.project = world.project()}});
  ASSERT_TRUE(table);
  const std::string name = table->rows[3].external_id;
  EXPECT_EQ(walk(world, {.filter = {.search = name}}).front(), table->rows[3].task_id);
  EXPECT_TRUE(walk(world, {.filter = {.search = "no such name"}}).empty());
}

TEST_P(TaskTableOf, is_for_the_lab_and_knows_its_states_and_questions) {
  test::WorkWorld world(database(), kSettings);
  fill(world);
  const auto refused = [&](const Caller& caller, const store::TaskTableFilter& filter) {
    return browse_tasks(world.service(), caller, {.filter = filter}).error().code;
  };
  EXPECT_EQ(refused(world.manager_of(world.supplier()), {.project = world.project()}), ErrorCode::forbidden);
  EXPECT_EQ(refused(lead(), {.project = world.project(), .state = "lost"}), ErrorCode::invalid_argument);
  EXPECT_EQ(refused(lead(), {.project = world.project(), .question = "none"}), ErrorCode::invalid_argument);
}

TEST_P(TaskTableOf, annotations_of_a_task_are_listed_for_the_lab_alone) {
  test::WorkWorld world(database(), kSettings);
  fill(world);
  const auto listed =
      list_annotations(world.service(), lead(), {.project = world.project(), .task = law_[0]});
  ASSERT_TRUE(listed) << to_string(listed.error());
  ASSERT_EQ(listed->rows.size(), 2U);
  EXPECT_EQ(listed->rows[1].task_id, law_[0]);
  const auto refused = list_annotations(world.service(), world.manager_of(world.supplier()),
                                        {.project = world.project(), .task = law_[0]});
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
}

TEST_P(TaskTableOf, every_walk_goes_by_an_index) {
  test::WorkWorld world(database(), kSettings);
  const std::int64_t id = world.project().value;
  EXPECT_TRUE(test::reads_by_index(database(), store::kEndOfWalkByTask, id, 0, 100));
  EXPECT_TRUE(test::reads_by_index(database(), store::kEndOfWalkByState, id, 0, "done", 100));
  EXPECT_TRUE(test::reads_by_index(database(), store::kEndOfWalkByBatch, id, 0, 1, 100));
  EXPECT_TRUE(test::reads_by_index(database(), store::kEndOfWalkByConfidence, id, 0, "safe", 10, 19, 100));
}

}  // namespace
}  // namespace mizan::app
