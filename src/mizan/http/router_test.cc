#include "mizan/http/router.h"

#include <gtest/gtest.h>

#include "mizan/http/server/request_target.h"

namespace mizan::http {
namespace {

void add(Router& router, Method method, std::string path, std::string operation) {
  router.add({.method = method,
              .path = std::move(path),
              .operation = std::move(operation),
              .action = rules::Action::read_public,
              .handler = blocking([](Call&) -> Result<Response> { return Response{}; })});
}

std::vector<std::string> segments(std::string_view path) {
  return parse_request_target(path).value().segments;
}

TEST(Router, a_literal_wins_over_a_parameter_and_the_longest_suffix_over_a_shorter) {
  Router router;
  add(router, Method::get, "/", "root");
  add(router, Method::get, "/projects", "list");
  add(router, Method::get, "/projects/{project_id}", "read");
  add(router, Method::get, "/projects/mine", "mine");
  add(router, Method::post, "/projects/{project_id}:clone", "clone");
  add(router, Method::post, "/projects/{project_id}", "post");
  add(router, Method::get, "/projects/{project_id}/tasks/{task_id}", "task");
  add(router, Method::get, "/projects/mine/open", "open");
  struct Case {
    Method method;
    std::string_view path, operation, parameter;
  };
  for (const Case& each : {
           Case{Method::get, "/", "root", ""},
           Case{Method::get, "/projects", "list", ""},
           Case{Method::get, "/projects/p1", "read", "p1"},
           Case{Method::get, "/projects/mine", "mine", ""},
           Case{Method::get, "/projects/a:b", "read", "a:b"},
           Case{Method::post, "/projects/p1:clone", "clone", "p1"},
           Case{Method::post, "/projects/:clone", "post", ":clone"},
           Case{Method::get, "/projects/mine/tasks/t", "task", "mine"},
           Case{Method::get, "/projects/mine/open", "open", ""},
           Case{Method::head, "/projects/p1", "read", "p1"},
           Case{Method::get, "/projects/", "", ""},
           Case{Method::get, "//projects", "", ""},
           Case{Method::get, "/nothing", "", ""},
           Case{Method::get, "/projects/p/tasks", "", ""},
       }) {
    const RouteMatch match = router.find(each.method, segments(each.path));
    EXPECT_EQ(match.route ? match.route->operation : std::string(), each.operation) << each.path;
    if (match.route && !each.parameter.empty()) {
      EXPECT_EQ(match.path_parameters.at(0).second, each.parameter) << each.path;
    }
  }
}

TEST(Router, knows_the_methods_of_a_path) {
  Router router;
  add(router, Method::get, "/a", "read");
  add(router, Method::post, "/a", "make");
  EXPECT_EQ(router.find(Method::del, segments("/a")).allowed,
            (std::vector{Method::get, Method::head, Method::post, Method::options}));
  EXPECT_TRUE(router.find(Method::del, segments("/b")).allowed.empty());
}

}  // namespace
}  // namespace mizan::http
