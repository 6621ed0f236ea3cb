#include "mizan/app/tasks/tasks.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using testing::HasSubstr;

class TaskVerbs : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(TaskVerbs);

Result<CreatedTask> create(WorkWorld& world, const std::string& row) {
  return create_task(world.service(), system_caller(), {.project_id = world.project(), .row = row});
}

TEST_P(TaskVerbs, a_task_is_made_read_listed_and_leased) {
  WorkWorld world(database());
  const auto made = create(world, "{\n  \"external_id\": \"a\",\n  \"payload\": {\"text\": \"x\"}\n}");
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_TRUE(made->is_new);
  const auto read = read_task(world.service(), system_caller(), world.project(), made->task.task_id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->payload, R"({"text": "x"})");
  for (const char* id : {"a", "b"}) {
    const auto listed =
        list_tasks(world.service(), system_caller(), {.project_id = world.project(), .external_id = id});
    EXPECT_EQ(listed->size(), id[0] == 'a' ? 1U : 0U);
  }
  EXPECT_TRUE(*world.lease(world.add_annotator()));
  EXPECT_FALSE(
      list_tasks(world.service(), system_caller(), {.project_id = world.project(), .state = "lost"}));
}

TEST_P(TaskVerbs, sixty_four_creates_of_one_external_id_make_it_once_and_tell_the_others) {
  WorkWorld world(database());
  std::atomic<int> made{0};
  std::atomic<int> told{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i)
    threads.emplace_back([&, i] {
      const auto task = create(world, R"({"external_id":"a","text":")" + std::to_string(i) + "\"}");
      if (task) ++made;
      if (!task && task.error().code == ErrorCode::conflict &&
          task.error().message.find("tsk_") != std::string::npos)
        ++told;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(told, 63);
}

TEST_P(TaskVerbs, the_same_task_again_is_the_one_that_is_there) {
  WorkWorld world(database());
  const auto first = create(world, R"({"external_id":"a","text":"x"})");
  const auto again = create(world, R"({"text":"x","external_id":"a"})");
  ASSERT_TRUE(first && again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(first->task.task_id, again->task.task_id);
}

TEST_P(TaskVerbs, a_bad_row_says_where) {
  WorkWorld world(database());
  EXPECT_EQ(create(world, R"({"external_id":"a","txt":"x"})").error().where, "/payload/text");
  EXPECT_EQ(create(world, R"({"external_id":"a","text":"x","batch":"none"})").error().code,
            ErrorCode::not_found);
  EXPECT_EQ(create(world, R"({"external_id":"a\u0000b","text":"x"})").error().where, "/external_id");
}

}  // namespace
}  // namespace mizan::app
