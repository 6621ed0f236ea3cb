// The publisher: moves what transactions wrote to the outbox into the events of each project, in order. One
// node does it at a time; were there two, the numbers would still have no gap and nothing would come twice.
#pragma once

#include <optional>

#include "mizan/app/chores/chores.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"

namespace mizan::app {

/// One bounded step; when the outbox is empty it costs a read.
[[nodiscard]] Result<Step> publish_events(Service& service);

/// Events that are older are deleted; nothing = all are kept.
struct EventRetention {
  std::optional<Duration> keep{};
};
/// One bounded step over every project.
[[nodiscard]] Result<Step> delete_old_events(Service& service, const EventRetention& retention);

}  // namespace mizan::app
