// The table of routes: which handler answers a method and a path, and who may call it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"
#include "mizan/http/server/responder.h"
#include "mizan/http/server/response.h"
#include "mizan/rules/access.h"

namespace mizan::app {
struct Caller;
}

namespace mizan::http {

/// One request on its way through a route.
struct Call {
  Request request;
  std::vector<std::pair<std::string, std::string>> path_parameters;  ///< name → decoded value
  std::shared_ptr<const app::Caller> signed_in;                      ///< null only where nobody need sign in

  /// The caller; not for routes whose action is open to nobody in particular.
  [[nodiscard]] const app::Caller& caller() const { return *signed_in; }
  /// The path parameter of that name; the route is known to have it.
  [[nodiscard]] const std::string& parameter(std::string_view name) const;
};

/// Runs on the bounded pool and may block. An error becomes problem details.
using BlockingHandler = std::function<Result<Response>(Call&)>;
/// Runs on the event loop, must not block, and answers by the Responder from any thread, once.
using DirectHandler = std::function<void(std::shared_ptr<Call>, Responder)>;

enum class BodyMode : std::uint8_t {
  whole,     ///< the handler finds it in Request::body
  streamed,  ///< the handler pulls it from Request::body_reader (blocking handlers only)
};

inline constexpr std::size_t kDefaultBodyLimitBytes = 4UL * 1024 * 1024;

/// Whether a call carries what must not be stored: a password that is asked, a key or seed that is answered.
enum class Secrecy : std::uint8_t {
  open,
  secret,  ///< under an Idempotency-Key neither the answer nor a digest that could be guessed back is kept
};

struct Route {
  Method method;
  std::string path;       ///< "/api/v1/projects/{project_id}/tasks", also "…/{batch_id}:start"
  std::string operation;  ///< the contract's operationId, "import_tasks"
  /// Checked before the handler runs. Its place says against what: the path's {project_id} or {supplier_id},
  /// the organisation, any membership, or nothing (ActionPlace::nobody needs no sign-in, account any
  /// signed-in caller).
  rules::Action action;
  std::variant<BlockingHandler, DirectHandler> handler;
  BodyMode body = BodyMode::whole;
  std::size_t body_limit_bytes = kDefaultBodyLimitBytes;
  Secrecy secrecy = Secrecy::open;
};

/// Marks a handler as one that may block.
[[nodiscard]] inline std::variant<BlockingHandler, DirectHandler> blocking(BlockingHandler handler) {
  return handler;
}
/// Marks a handler as one that never blocks and answers later.
[[nodiscard]] inline std::variant<BlockingHandler, DirectHandler> direct(DirectHandler handler) {
  return handler;
}

/// What a method and a path lead to.
struct RouteMatch {
  const Route* route = nullptr;  ///< null: no such path, or not this method (see allowed)
  std::vector<std::pair<std::string, std::string>> path_parameters{};
  std::vector<Method> allowed{};  ///< methods of the path, when it exists
};

/// Not changed after the server has started; then thread-safe.
class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  /// Adds a route. Two routes of one method and one path, or one operation twice, are a mistake in Mizan
  /// and stop the program.
  void add(Route route);
  /// The route whose literal segments reach furthest; a literal segment wins over a parameter.
  /// HEAD finds the GET route when there is none of its own.
  [[nodiscard]] RouteMatch find(Method method, const std::vector<std::string>& segments) const;
  [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace mizan::http
