// The front door with the whole API behind it, over a socket.
#include "mizan/http/front_door.h"

#include <atomic>
#include <thread>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "mizan/http/handler.h"
#include "support/api_server.h"
#include "support/http_client.h"

namespace mizan::http {
namespace {

using test::ApiServer;
using test::HttpAnswer;
using test::HttpClient;

std::string code_of(const HttpAnswer& answer) {
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  return std::string(boost::json::parse(answer.body).at("code").as_string());
}

// POST /count counts how often it ran, after an optional wait.
struct Counting {
  std::atomic<int> count{0};
  std::atomic<bool> is_slow{false};

  void add_to(Router& router) {
    router.add({.method = Method::post,
                .path = "/count",
                .operation = "count",
                .action = rules::Action::change_organisation,
                .handler = blocking([this](Call& call) -> Result<Response> {
                  const int number = ++count;
                  if (is_slow) std::this_thread::sleep_for(std::chrono::milliseconds(200));
                  if (call.request.body == "fail") return fail(ErrorCode::conflict, "as asked");
                  return created("/count/" + std::to_string(number), boost::json::object{{"number", number}});
                })});
  }
};

TEST(FrontDoor, problems_say_what_where_and_what_to_do) {
  ApiServer api;
  HttpClient client(api.port());
  const HttpAnswer answer = client.request("GET", "/api/v1/nothing", "", {"X-Request-Id: r-1"});
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(code_of(answer), "not_found");
  const auto body = boost::json::parse(answer.body);
  EXPECT_EQ(body.at("type").as_string(), "/docs/errors#not_found");
  EXPECT_EQ(body.at("request_id").as_string(), "r-1");
  EXPECT_NE(client.request("GET", "/docs/errors").body.find("id=\"not_found\""), std::string::npos);
}

TEST(FrontDoor, asks_who_is_there_and_whether_they_may) {
  ApiServer api;
  HttpClient client(api.port());
  EXPECT_EQ(client.request("GET", "/api/v1/projects").status, 401);
  EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {"Authorization: Bearer mz_wrong"}).status, 401);
  EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {api.owner()}).status, 200);
  EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {api.owner_session().cookie_line}).status, 200);
  EXPECT_EQ(client.request("GET", "/api/v1/projects/prj_bad", "", {api.owner()}).status, 404);
}

TEST(FrontDoor, a_session_changes_nothing_without_its_csrf_token) {
  Counting counting;
  ApiServer api({.add_routes = [&](Router& router) { counting.add_to(router); }});
  HttpClient client(api.port());
  const auto& session = api.owner_session();
  const HttpAnswer refused = client.request("POST", "/count", "{}", {session.cookie_line});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code_of(refused), "csrf_token_wrong");
  EXPECT_EQ(client.request("POST", "/count", "{}", {session.cookie_line, session.csrf_line}).status, 201);
  EXPECT_EQ(client.request("POST", "/count", "{}", {api.owner()}).status, 201) << "a key needs none";
}

TEST(FrontDoor, a_request_with_an_idempotency_key_is_done_once) {
  Counting counting;
  ApiServer api({.add_routes = [&](Router& router) { counting.add_to(router); }});
  HttpClient client(api.port());
  const std::vector<std::string> lines{api.owner(), "Idempotency-Key: k1"};
  const HttpAnswer first = client.request("POST", "/count", "{}", lines);
  const HttpAnswer second = client.request("POST", "/count", "{}", lines);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.header("location"), "/count/1");
  EXPECT_EQ(second.header("idempotency-replayed"), "true");
  const HttpAnswer other = client.request("POST", "/count", "{\"a\":1}", lines);
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(code_of(other), "idempotency_key_reused");
  EXPECT_EQ(counting.count, 1);
  const std::vector<std::string> failing{api.owner(), "Idempotency-Key: k2"};
  EXPECT_EQ(client.request("POST", "/count", "fail", failing).status, 409);
  EXPECT_EQ(client.request("POST", "/count", "fail", failing).status, 409);
  EXPECT_EQ(counting.count, 3) << "what failed may be tried again";
}

TEST(FrontDoor, twins_at_the_same_time_get_one_answer) {
  Counting counting;
  counting.is_slow = true;
  ApiServer api({.add_routes = [&](Router& router) { counting.add_to(router); }});
  const std::vector<std::string> lines{api.owner(), "Idempotency-Key: twin"};
  std::array<std::string, 4> bodies;
  std::vector<std::thread> twins;
  for (std::string& body : bodies)
    twins.emplace_back([&] { body = HttpClient(api.port()).request("POST", "/count", "{}", lines).body; });
  for (std::thread& twin : twins) twin.join();
  for (const std::string& body : bodies) EXPECT_EQ(body, "{\"number\":1}");
  EXPECT_EQ(counting.count, 1);
}

TEST(FrontDoor, limits_the_rate_of_a_caller_and_of_an_address_that_guesses) {
  ApiServer api({.front_door = {.per_caller = {.per_second = 0.01, .burst = 3},
                                .per_address = {.per_second = 0.01, .burst = 2}}});
  HttpClient client(api.port());
  for (int each = 0; each < 3; ++each)
    EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {api.owner()}).status, 200);
  const HttpAnswer limited = client.request("GET", "/api/v1/projects", "", {api.owner()});
  EXPECT_EQ(limited.status, 429);
  EXPECT_EQ(limited.header("retry-after"), "100");
  for (int each = 0; each < 2; ++each)
    EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {"Authorization: Bearer mz_guess"}).status, 401);
  EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {"Authorization: Bearer mz_guess"}).status, 429);
  EXPECT_EQ(client.request("GET", "/healthz").status, 200);
}

TEST(FrontDoor, a_path_says_which_methods_it_takes) {
  ApiServer api;
  HttpClient client(api.port());
  const HttpAnswer answer = client.request("DELETE", "/healthz");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.request("OPTIONS", "/healthz").header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.request("TRACE", "/healthz").status, 405);
  EXPECT_EQ(client.request("HEAD", "/healthz").status, 200);
}

TEST(FrontDoor, every_answer_carries_security_headers) {
  ApiServer api;
  HttpClient client(api.port());
  for (const std::string target : {"/healthz", "/api/docs", "/nothing", "/api/v1/projects"}) {
    const HttpAnswer answer = client.request("GET", target);
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << target;
    EXPECT_TRUE(answer.header("content-security-policy").starts_with("default-src 'none'")) << target;
  }
}

TEST(FrontDoor, the_service_answers_for_its_health_readiness_and_metrics) {
  ApiServer api;
  HttpClient client(api.port());
  EXPECT_EQ(client.request("GET", "/healthz").body, "{\"status\":\"ok\"}");
  EXPECT_EQ(client.request("GET", "/readyz").status, 200);
  EXPECT_EQ(client.request("GET", "/metrics").status, 401);
  const std::string metrics = client.request("GET", "/metrics", "", {api.owner()}).body;
  EXPECT_NE(metrics.find("mizan_http_requests_total{operation=\"check_health\",status=\"2xx\"} 1"),
            std::string::npos)
      << metrics;
}

}  // namespace
}  // namespace mizan::http
