// The whole API on a database of a test's own, in this process, behind a real socket.
//
//   test::ApiServer api;
//   test::HttpClient client(api.port());
//   EXPECT_EQ(client.request("GET", "/api/v1/projects", "", {api.owner()}).status, 200);
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "mizan/app/service.h"
#include "mizan/http/front_door.h"
#include "support/test_database.h"

namespace mizan::test {

struct ApiServerOptions {
  store::Dialect dialect = store::Dialect::sqlite;
  http::FrontDoorOptions front_door{};
  std::function<void(http::Router&)> add_routes{};  ///< beside those of the API
};

class ApiServer {
 public:
  explicit ApiServer(const ApiServerOptions& options = {});
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] app::Service& service();
  [[nodiscard]] const http::Router& router() const;
  [[nodiscard]] const TestDatabase& database() const;

  /// The header line of an API key of the owner (made at the first call).
  [[nodiscard]] const std::string& owner();
  /// The owner's session, as a browser has it.
  struct Session {
    std::string cookie_line;  ///< "Cookie: mizan_session=…"
    std::string csrf_line;    ///< "X-CSRF-Token: …"
  };
  [[nodiscard]] const Session& owner_session();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::test
