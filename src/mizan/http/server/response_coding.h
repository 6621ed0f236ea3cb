// What happens to a request and its answer on the thread of a handler: gzip undone and done, foreign
// exceptions stopped.
#pragma once

#include "mizan/http/server/responder.h"
#include "mizan/http/server/server.h"

namespace mizan::http {

/// Compresses the answer, if it is long enough and of a kind that shrinks.
void compress(Response& response);

/// How a plan's handler is run.
struct HandlerRun {
  RequestHandler handler;
  std::size_t body_limit_bytes;
  bool unpacks_body;  ///< Request::body is gzip
  const Application* application;
};

/// Unpacks the body, then runs the handler; an exception becomes a 500.
void run_handler(const HandlerRun& run, Request request, const Responder& respond);

/// The server's own answer to an error.
[[nodiscard]] Response problem_of(const Application& application, const Error& error,
                                  std::string_view request_id);

}  // namespace mizan::http
