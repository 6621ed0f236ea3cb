// The background work of `mizan serve`: one line a worker in platform_workers.cc.
#pragma once

#include <vector>

#include "mizan/app/upkeep/workers.h"

namespace mizan::app {

class Service;

/// `service` outlives them.
[[nodiscard]] std::vector<Worker> platform_workers(Service& service);

}  // namespace mizan::app
