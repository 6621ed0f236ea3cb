// The sender of webhooks: a background chore that one node runs at a time. It keeps nothing that matters:
// when it dies with a delivery under way, the events are delivered again.
#pragma once

#include <memory>

#include "mizan/app/chores/chores.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"

namespace mizan::app {

/// Not thread-safe.
class WebhookSender {
 public:
  /// `service` outlives it; its WebhookSettings are read at the first step.
  explicit WebhookSender(Service& service);
  ~WebhookSender();

  /// Starts what is due, moves what is under way, notes what has ended. Waits at most a fifth of a second for
  /// receivers.
  [[nodiscard]] Result<Step> run_once();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::app
