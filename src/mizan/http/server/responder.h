// The promise to answer one request, handed to handlers that answer later from another thread.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "mizan/http/server/response.h"

namespace mizan::http {

/// Copies share one promise. Thread-safe. Only the first answer counts; when the last copy goes away without
/// an answer, the client gets 500, so that no connection waits for ever.
class Responder {
 public:
  using Deliver = std::function<void(Response)>;
  /// `deliver` is called at most once, from the thread that answers.
  explicit Responder(Deliver deliver);

  void send(Response response) const;
  void operator()(Response response) const { send(std::move(response)); }

 private:
  struct Promise;
  std::shared_ptr<Promise> promise_;
};

}  // namespace mizan::http
