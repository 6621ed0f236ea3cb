#include "mizan/http/server/responder.h"

#include <atomic>

namespace mizan::http {

struct Responder::Promise {
  explicit Promise(Deliver deliver_) : deliver(std::move(deliver_)) {}
  ~Promise() {
    if (!is_kept.load(std::memory_order_relaxed)) deliver(Response{.status = 500});
  }
  Promise(const Promise&) = delete;
  Promise& operator=(const Promise&) = delete;

  Deliver deliver;
  std::atomic<bool> is_kept{false};
};

Responder::Responder(Deliver deliver) : promise_(std::make_shared<Promise>(std::move(deliver))) {}

void Responder::send(Response response) const {
  if (promise_->is_kept.exchange(true, std::memory_order_acq_rel)) return;
  promise_->deliver(std::move(response));
}

}  // namespace mizan::http
