// The background work around events: publishing, webhooks, deleting what is no longer kept.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "mizan/app/chores/chores.h"
#include "mizan/app/service.h"

namespace mizan::app {

/// How long events are kept: service.shared<EventKeeping>(), set before the server starts.
struct EventKeeping {
  std::atomic<std::int64_t> keep_days{0};  ///< 0 = for ever
};

/// `service` outlives them.
[[nodiscard]] std::vector<Chore> event_chores(Service& service);

}  // namespace mizan::app
