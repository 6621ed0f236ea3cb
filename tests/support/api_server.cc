#include "support/api_server.h"

#include <atomic>
#include <optional>

#include <gtest/gtest.h>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/api_keys.h"
#include "mizan/app/accounts/set_up.h"
#include "mizan/base/assert.h"
#include "mizan/base/clock.h"
#include "mizan/http/resources/api.h"
#include "mizan/http/resources/service.h"
#include "mizan/http/server/server.h"

namespace mizan::test {

struct ApiServer::State {
  explicit State(const ApiServerOptions& options) : database(TestDatabase::make(options.dialect)) {
    http::add_service_routes(router, {.service = service, .metrics = metrics, .is_draining = is_draining});
    http::add_api_routes(router, service);
    if (options.add_routes) options.add_routes(router);
    front_door.emplace(
        http::FrontDoorParts{.service = service, .router = router, .metrics = metrics, .log = log},
        options.front_door);
    http::ServerOptions server_options;
    server_options.io_threads = 2;
    auto started = http::Server::start(server_options, front_door->application());
    MIZAN_ASSERT(started);
    server = *std::move(started);
  }

  void make_owner() {
    if (!session.cookie_line.empty()) return;
    const auto token = app::make_set_up_token(service);
    MIZAN_ASSERT(token && *token);
    app::SetUp command;
    command.token = **token;
    command.account.email = "owner@example.org";
    command.account.password = "correct horse battery staple";
    command.account.name = "Owner";
    const auto signed_in = app::set_up(service, command);
    MIZAN_ASSERT(signed_in);
    session = {.cookie_line = "Cookie: " + std::string(app::kSessionCookie) + "=" + signed_in->token,
               .csrf_line = "X-CSRF-Token: " + signed_in->csrf_token};
    const auto caller = app::caller_of_email(service, "owner@example.org");
    MIZAN_ASSERT(caller);
    const auto key = app::create_api_key(
        service, *caller,
        {.name = "test", .membership = {.role = rules::Role::owner, .scope = rules::kOrganisation}});
    MIZAN_ASSERT(key);
    key_line = "Authorization: Bearer " + key->secret;
  }

  SystemClock clock;
  std::unique_ptr<TestDatabase> database;
  app::Service service{{.database = **database, .clock = clock, .node_number = 1}};
  std::atomic<bool> is_draining{false};
  http::Metrics metrics;
  http::Log log{http::LogFormat::json, http::LogLevel::error};
  http::Router router;
  std::optional<http::FrontDoor> front_door;
  std::unique_ptr<http::Server> server;
  Session session;
  std::string key_line;
};

ApiServer::ApiServer(const ApiServerOptions& options) : state_(std::make_unique<State>(options)) {}
ApiServer::~ApiServer() = default;

std::uint16_t ApiServer::port() const {
  return state_->server->port();
}
app::Service& ApiServer::service() {
  return state_->service;
}
const http::Router& ApiServer::router() const {
  return state_->router;
}

const TestDatabase& ApiServer::database() const {
  return *state_->database;
}

const std::string& ApiServer::owner() {
  state_->make_owner();
  return state_->key_line;
}

const ApiServer::Session& ApiServer::owner_session() {
  state_->make_owner();
  return state_->session;
}

}  // namespace mizan::test
