// What every request passes before its handler: routing, rate limits, who is asking, the CSRF token, the
// permission table, Idempotency-Key; and what every answer gets: problem details, security headers, a line in
// the log.
//
//   plan()  on the event loop, from the head alone   404, 405, 429; is the caller known without asking the
//   database? pass()  where the handler runs                   401, 403, 429, 409, then the handler
#pragma once

#include <memory>

#include "mizan/http/log.h"
#include "mizan/http/metrics.h"
#include "mizan/http/rate_limits.h"
#include "mizan/http/router.h"
#include "mizan/http/server/server.h"
#include "mizan/http/web/web_app.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

struct FrontDoorOptions {
  RateLimit per_caller{.per_second = 1000, .burst = 2000};
  /// Of signing in and the like, and of requests whose credentials are wrong.
  RateLimit per_address{.per_second = 10, .burst = 100};
  /// Take the client's address and scheme from X-Forwarded-For and -Proto, as the nearest proxy wrote them.
  bool trusts_proxy = false;
  bool has_tls = false;
  WebPolicy web_policy{};
};

struct FrontDoorParts {
  app::Service& service;
  const Router& router;
  Metrics& metrics;
  Log& log;
};

/// Thread-safe. Must outlive the server that runs its application.
class FrontDoor {
 public:
  FrontDoor(const FrontDoorParts& parts, const FrontDoorOptions& options);
  ~FrontDoor();
  FrontDoor(const FrontDoor&) = delete;
  FrontDoor& operator=(const FrontDoor&) = delete;

  [[nodiscard]] Application application();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
