// How webhooks are delivered on this server.
#pragma once

#include <cstdint>
#include <mutex>

#include "mizan/base/clock.h"

namespace mizan::app {

struct WebhookTerms {
  bool allows_private = false;              ///< also to addresses that are not public
  Duration timeout = seconds(15);           ///< of one attempt
  std::int64_t events_at_once = 100;        ///< in one request at most
  std::int64_t body_limit_bytes = 262'144;  ///< of a request with more than one event
  std::int64_t attempts = 15;               ///< then the event is a dead letter
  Duration first_wait = seconds(5);         ///< after the first failed attempt; doubles with each
  Duration longest_wait = seconds(3600);
  std::int64_t receivers_at_once = 64;  ///< requests under way at the same time
};

/// Set before the server starts, read by verbs and by the sender: service.shared<WebhookSettings>().
class WebhookSettings {
 public:
  [[nodiscard]] WebhookTerms terms() const {
    const std::scoped_lock lock(mutex_);
    return terms_;
  }
  void set(const WebhookTerms& terms) {
    const std::scoped_lock lock(mutex_);
    terms_ = terms;
  }

 private:
  mutable std::mutex mutex_;
  WebhookTerms terms_;
};

}  // namespace mizan::app
