// The list of tasks over a socket: whole tasks, and only the members that were asked for.
#include <string>
#include <vector>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/api_server.h"
#include "support/http_client.h"
#include "support/work_world.h"

namespace mizan::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TaskRoutes : public testing::Test {
 protected:
  TaskRoutes() : tasks_(world_.add_tasks({.count = 3})) {}

  test::HttpAnswer list(const std::string& query) {
    test::HttpClient client(api_.port());
    return client.request("GET", "/api/v1/projects/" + to_text(world_.project()) + "/tasks" + query, "",
                          {api_.owner()});
  }
  static std::vector<std::string> members_of(const boost::json::value& task) {
    std::vector<std::string> names;
    for (const auto& member : task.as_object()) names.emplace_back(member.key());
    return names;
  }

  test::ApiServer api_;
  test::WorkWorld world_{api_.service().database()};
  const std::vector<domain::TaskId> tasks_;
};

TEST_F(TaskRoutes, list_whole_tasks_unless_fields_are_named) {
  const auto task = boost::json::parse(list("?limit=1").body).at("data").at(0);
  EXPECT_THAT(members_of(task), ElementsAre("task_id", "project_id", "external_id", "state", "priority",
                                            "domain", "language", "batch_id", "wanted_count", "live_count",
                                            "done_count", "payload", "pre_annotation", "created_at"));
  EXPECT_TRUE(task.at("payload").is_object());
  EXPECT_TRUE(task.at("batch_id").is_null());
}

TEST_F(TaskRoutes, list_only_the_fields_that_are_named_page_after_page) {
  const auto first = boost::json::parse(list("?limit=2&fields=task_id,state").body);
  ASSERT_EQ(first.at("data").as_array().size(), 2U);
  EXPECT_THAT(members_of(first.at("data").at(0)), ElementsAre("task_id", "state"));
  EXPECT_EQ(first.at("data").at(0).at("task_id").as_string(), to_text(tasks_[0]));
  EXPECT_EQ(first.at("data").at(1).at("state").as_string(), "open");
  const std::string cursor(first.at("next").as_string());
  const auto second = boost::json::parse(list("?limit=2&fields=task_id&after=" + cursor).body);
  ASSERT_EQ(second.at("data").as_array().size(), 1U);
  EXPECT_EQ(second.at("data").at(0).at("task_id").as_string(), to_text(tasks_[2]));
  EXPECT_TRUE(second.at("next").is_null());
}

TEST_F(TaskRoutes, refuse_fields_that_no_task_has) {
  const auto answer = list("?fields=task_id,colour");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("no member 'colour'"));
  EXPECT_EQ(list("?fields=").status, 400);
  EXPECT_EQ(list("?fields=,").status, 400);
}

}  // namespace
}  // namespace mizan::http
