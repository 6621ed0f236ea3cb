#include "mizan/app/tasks/import_tasks.h"

#include <cstring>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/access/caller.h"
#include "mizan/store/work/gold_answers.h"
#include "mizan/store/work/task_import.h"
#include "mizan/store/work/tasks.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ImportTasksVerb : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(ImportTasksVerb);

dataset::ReadBytes bytes_of(std::string text) {
  auto rest = std::make_shared<std::string>(std::move(text));
  return [rest](std::span<char> buffer) -> Result<std::size_t> {
    const std::size_t count = std::min(buffer.size(), rest->size());
    std::memcpy(buffer.data(), rest->data(), count);
    rest->erase(0, count);
    return count;
  };
}

Result<TaskImport> import(WorkWorld& world, const std::string& text, bool skip_bad_rows = false,
                          dataset::TaskFormat format = dataset::TaskFormat::jsonl) {
  return import_tasks(world.service(), system_caller(),
                      {.project_id = world.project(),
                       .format = format,
                       .read = bytes_of(text),
                       .skip_bad_rows = skip_bad_rows,
                       .threads = 2});
}

std::vector<store::TaskRow> tasks_of(WorkWorld& world) {
  return *world.service().database().read([&](store::Transaction& tx) {
    return store::list_tasks(tx, {.project_id = world.project(), .limit = 100'000});
  });
}

std::string rows(int from, int to, const std::string& text = "t") {
  std::string out;
  for (int i = from; i < to; ++i)
    out += R"({"external_id":"e)" + std::to_string(i) + R"(","payload":{"text":")" + text +
           std::to_string(i) + "\"}}\n";
  return out;
}

std::vector<std::string> errors_of(const TaskImport& report) {
  std::vector<std::string> out;
  for (const RowError& each : report.errors)
    out.push_back(std::to_string(each.line) + " " + std::string(error_name(each.error.code)) + " " +
                  each.error.where);
  return out;
}

TEST_P(ImportTasksVerb, every_field_of_a_row_is_kept) {
  WorkWorld world(database(), R"({"overlap":{"labels_per_task":3}})");
  (void)world.add_batch("staged");
  const auto report = import(
      world,
      R"({"external_id":"a","payload":{"text":"x","n":1.50},"priority":4,"domain":"law","language":"ar"})"
      "\n\n"
      R"({"external_id":7,"text":"y","gold":{"answers":{"safe":"no","note":""},"explanation":"why","concept":"c","difficulty":2}})"
      "\n"
      R"({"external_id":"p","text":"z","pre_annotation":{"safe":"yes"}})");
  ASSERT_TRUE(report && report->is_complete) << (report ? errors_of(*report)[0] : to_string(report.error()));
  EXPECT_EQ(report->created_count, 3);
  const auto tasks = tasks_of(world);
  ASSERT_EQ(tasks.size(), 3U);
  EXPECT_EQ(tasks[0].payload, R"({"text":"x","n":1.50})");
  EXPECT_EQ(tasks[0].priority, 4);
  EXPECT_EQ(tasks[0].domain + tasks[0].language, "lawar");
  EXPECT_EQ(tasks[0].state.counts.wanted_count, 3);
  EXPECT_EQ(tasks[1].external_id, "7");
  EXPECT_EQ(tasks[1].payload, R"({"text":"y"})");
  EXPECT_EQ(tasks[1].state.state, rules::TaskState::gold);
  EXPECT_EQ(tasks[2].pre_annotation, R"({"safe":"yes"})");
  const auto gold = *database().read(
      [&](store::Transaction& tx) { return store::find_gold_answer(tx, world.project(), tasks[1].task_id); });
  ASSERT_TRUE(gold.has_value());
  EXPECT_EQ(gold->answers + gold->explanation + gold->concept_name, R"({"safe":"no"}whyc)");
  EXPECT_THAT(world.breaches(), IsEmpty());
}

TEST_P(ImportTasksVerb, one_bad_row_refuses_all_and_every_bad_row_is_named) {
  WorkWorld world(database());
  const auto report =
      import(world, rows(0, 2) +
                        "{\"external_id\":\"x\"\n"
                        "{\"payload\":{\"text\":\"t\"}}\n"
                        "{\"external_id\":\"y\",\"payload\":{\"txt\":\"t\"}}\n"
                        "{\"external_id\":\"z\",\"text\":\"t\",\"gold\":{\"answers\":{\"safe\":\"maybe\"}}}\n"
                        "{\"external_id\":\"w\",\"text\":\"t\",\"batch\":\"none\"}\n"
                        "{\"external_id\":\"v\",\"text\":\"t\",\"priority\":\"high\"}\n");
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->is_complete);
  EXPECT_EQ(report->row_count, 8);
  EXPECT_THAT(errors_of(*report),
              testing::IsSupersetOf({"3 malformed_json /", "4 unusable_row /external_id",
                                     "5 bad_payload /payload/text", "6 bad_answer /gold/safe",
                                     "8 unusable_row /priority"}));
  EXPECT_THAT(tasks_of(world), IsEmpty());
}

TEST_P(ImportTasksVerb, bad_rows_are_left_out_when_asked) {
  WorkWorld world(database());
  const auto report = import(world, rows(0, 2) + "nonsense\n" + rows(2, 4), true);
  ASSERT_TRUE(report && report->is_complete);
  EXPECT_EQ(report->created_count, 4);
  EXPECT_THAT(errors_of(*report), ElementsAre("3 malformed_json /"));
}

TEST_P(ImportTasksVerb, the_same_rows_again_change_nothing) {
  WorkWorld world(database());
  ASSERT_TRUE(import(world, rows(0, 10))->is_complete);
  const auto again = import(world, rows(0, 12));
  ASSERT_TRUE(again && again->is_complete);
  EXPECT_EQ(again->created_count, 2);
  EXPECT_EQ(again->unchanged_count, 10);
  const auto reordered = import(world, R"({ "payload" : {"text": "t0"}, "external_id": "e0" })");
  EXPECT_EQ(reordered->unchanged_count, 1);
}

TEST_P(ImportTasksVerb, other_content_under_a_known_external_id_is_a_conflict_that_names_both) {
  WorkWorld world(database());
  ASSERT_TRUE(import(world, rows(0, 3))->is_complete);
  const auto report = import(world, rows(5, 6) + rows(1, 2, "other"));
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->is_complete);
  EXPECT_THAT(errors_of(*report), ElementsAre("2 conflict /external_id"));
  EXPECT_THAT(report->errors[0].error.message, HasSubstr(to_text(tasks_of(world)[1].task_id)));
  EXPECT_EQ(tasks_of(world).size(), 3U);
}

TEST_P(ImportTasksVerb, a_row_given_twice_is_taken_once_and_with_other_content_refused) {
  WorkWorld world(database());
  const auto twice = import(world, rows(0, 2) + rows(1, 2));
  ASSERT_TRUE(twice && twice->is_complete);
  EXPECT_EQ(twice->created_count, 2);
  WorkWorld other(database());
  EXPECT_FALSE(import(other, rows(0, 2) + rows(1, 2, "x"))->is_complete);
  EXPECT_THAT(tasks_of(other), IsEmpty());
}

TEST_P(ImportTasksVerb, a_large_import_appears_as_a_whole) {
  WorkWorld world(database());
  const auto report = import(world, rows(0, 7000));
  ASSERT_TRUE(report && report->is_complete) << (report ? "" : to_string(report.error()));
  EXPECT_EQ(report->created_count, 7000);
  EXPECT_EQ(tasks_of(world).size(), 7000U);
  const auto annotator = world.add_annotator();
  const auto leased = world.lease(annotator);
  ASSERT_TRUE(leased && *leased);
  EXPECT_THAT(world.breaches(), IsEmpty());
  const auto again = import(world, rows(0, 7000));
  EXPECT_EQ(again->unchanged_count, 7000);
  EXPECT_EQ(again->created_count, 0);
}

TEST_P(ImportTasksVerb, a_large_import_with_a_bad_last_row_leaves_nothing) {
  WorkWorld world(database());
  const auto report = import(world, rows(0, 7000) + "nonsense\n");
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->is_complete);
  EXPECT_THAT(errors_of(*report), ElementsAre("7001 malformed_json /"));
  EXPECT_THAT(tasks_of(world), IsEmpty());
  EXPECT_TRUE(import(world, rows(0, 7000))->is_complete);
}

TEST_P(ImportTasksVerb, a_large_import_that_collides_leaves_what_was_there) {
  WorkWorld world(database());
  ASSERT_TRUE(import(world, rows(6500, 6501, "other"))->is_complete);
  const auto report = import(world, rows(0, 7000));
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->is_complete);
  EXPECT_THAT(errors_of(*report), ElementsAre("6501 conflict /external_id"));
  EXPECT_EQ(tasks_of(world).size(), 1U);
}

TEST_P(ImportTasksVerb, a_stream_that_breaks_leaves_nothing) {
  WorkWorld world(database());
  auto whole = bytes_of(rows(0, 20'000));
  std::size_t given = 0;
  const auto read = [&](std::span<char> buffer) -> Result<std::size_t> {
    if (given > 600'000) return fail(ErrorCode::cancelled, "the client went away", "body");
    const auto count = whole(buffer);
    given += *count;
    return count;
  };
  const auto report = import_tasks(world.service(), system_caller(),
                                   {.project_id = world.project(), .read = read, .threads = 1});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::cancelled);
  EXPECT_THAT(tasks_of(world), IsEmpty());
}

TEST_P(ImportTasksVerb, an_import_whose_process_died_is_undone_later) {
  WorkWorld world(database());
  const store::LaneRow lane{.project_id = world.project()};
  const store::ImportKey key{world.project(), world.service().ids().make<domain::ImportId>()};
  const store::NewTask task{.task_id = world.service().ids().make<domain::TaskId>(),
                            .external_id = "e0",
                            .payload = "{}",
                            .content_hash = store::Blob(16),
                            .lane_id = store::staged_lane_id(lane, key.import_id)};
  ASSERT_TRUE(database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::begin_import(tx, {.project_id = key.project_id,
                                            .import_id = key.import_id,
                                            .first_task_id = task.task_id,
                                            .started_at = world.clock().now()}));
    MIZAN_CHECK_OK(store::stage_lane(tx, key, lane));
    MIZAN_TRY(const auto existing, store::insert_tasks(tx, key.project_id, {&task, 1}, world.clock().now()));
    EXPECT_THAT(existing, IsEmpty());
    return {};
  }));
  EXPECT_THAT(tasks_of(world), IsEmpty());
  EXPECT_FALSE(*world.lease(world.add_annotator()));
  EXPECT_FALSE(import(world, rows(0, 1))->is_complete) << "its external id is taken until it is undone";
  EXPECT_EQ(*undo_resting_imports(world.service(), seconds(60)), 0);
  world.clock().advance(seconds(61));
  EXPECT_EQ(*undo_resting_imports(world.service(), seconds(60)), 1);
  EXPECT_EQ(*undo_resting_imports(world.service(), seconds(60)), 0);
  EXPECT_TRUE(import(world, rows(0, 1))->is_complete);
}

TEST_P(ImportTasksVerb, tasks_of_a_batch_wait_until_it_runs) {
  WorkWorld world(database());
  const auto staged = world.add_batch("staged");
  const auto running = world.add_batch("running");
  const auto row = [](const std::string& id, domain::BatchId batch) {
    return R"({"external_id":")" + id + R"(","text":"t","batch":")" + to_text(batch) + "\"}\n";
  };
  ASSERT_TRUE(import(world, row("s", staged) + row("r", running))->is_complete);
  const auto tasks = tasks_of(world);
  EXPECT_EQ(tasks[0].state.state, rules::TaskState::held);
  EXPECT_EQ(tasks[1].state.state, rules::TaskState::open);
  EXPECT_EQ(tasks[1].state.batch_id, running);
}

TEST_P(ImportTasksVerb, csv_columns_are_fields_or_payload) {
  WorkWorld world(database());
  const auto report = import(world,
                             "external_id,text,priority,gold,gold_concept\r\n"
                             "a,\"two\nlines, \"\"quoted\"\"\",2,,\r\n"
                             "b,plain,,\"{\"\"safe\"\":\"\"no\"\"}\",hard\r\n",
                             false, dataset::TaskFormat::csv);
  ASSERT_TRUE(report && report->is_complete) << (report ? errors_of(*report)[0] : to_string(report.error()));
  const auto tasks = tasks_of(world);
  EXPECT_EQ(tasks[0].payload, R"({"text":"two\nlines, \"quoted\""})");
  EXPECT_EQ(tasks[0].priority, 2);
  EXPECT_EQ(tasks[1].state.state, rules::TaskState::gold);
}

TEST_P(ImportTasksVerb, csv_errors_name_the_line) {
  WorkWorld world(database());
  const auto report = import(world, "external_id,text\na,\"x\ny\"\nb\n,t\n", false, dataset::TaskFormat::csv);
  ASSERT_TRUE(report);
  EXPECT_THAT(errors_of(*report), ElementsAre("4 malformed_csv /", "5 unusable_row /external_id"));
  const auto no_id = import(world, "id,text\n", false, dataset::TaskFormat::csv);
  ASSERT_FALSE(no_id);
  EXPECT_EQ(no_id.error().code, ErrorCode::missing_column);
}

TEST_P(ImportTasksVerb, sixty_four_imports_of_one_external_id_make_it_once) {
  WorkWorld world(database());
  std::atomic<int> created{0};
  std::atomic<int> told{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i)
    threads.emplace_back([&, i] {
      const auto report = import(world, rows(0, 1, i % 2 == 0 ? "t" : "u"));
      if (!report) return;
      created += static_cast<int>(report->created_count);
      told += static_cast<int>(report->unchanged_count + report->bad_count);
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(created, 1);
  EXPECT_EQ(told, 63);
  EXPECT_EQ(tasks_of(world).size(), 1U);
}

TEST_P(ImportTasksVerb, who_may_not_import_is_told_so) {
  WorkWorld world(database());
  const auto report = import_tasks(world.service(), world.add_annotator(),
                                   {.project_id = world.project(), .read = bytes_of(rows(0, 1))});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace mizan::app
