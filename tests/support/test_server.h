// A server of a test's own, with one handler for every request.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "mizan/http/server/server.h"

namespace mizan::http::test_server {

inline Response text(std::string body, int status = 200) {
  Response response{.status = status, .body = std::move(body)};
  response.add("Content-Type", "text/plain");
  return response;
}

// An application of one handler for every request.
inline Application every(RunOn run_on, RequestHandler handler, std::size_t body_limit_bytes = 1024 * 1024) {
  return {.plan = [=](const Request&) {
    return Plan{.operation = {}, .run_on = run_on, .body_limit_bytes = body_limit_bytes, .handler = handler};
  }};
}

inline Application echo(RunOn run_on = RunOn::event_loop) {
  return every(run_on, [](Request request, Responder respond) {
    respond(text(std::string(method_name(request.method)) + " " + request.path() + " " + request.body));
  });
}

inline std::unique_ptr<Server> serve(Application application, ServerOptions options = {}) {
  options.io_threads = 2;
  if (options.blocking_threads == 0) options.blocking_threads = 4;
  auto server = Server::start(options, std::move(application));
  EXPECT_TRUE(server) << (server ? "" : to_string(server.error()));
  return *std::move(server);
}

// A gate that handlers wait at.
struct Gate {
  void wait() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [&] { return is_open; });
  }
  void open() {
    const std::lock_guard lock(mutex);
    is_open = true;
    changed.notify_all();
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return waiting >= count; });
  }
  std::mutex mutex;
  std::condition_variable changed;
  int waiting = 0;
  bool is_open = false;
};

}  // namespace mizan::http::test_server
