// The background work of `mizan serve`: one line a chore in platform_chores.cc.
#pragma once

#include <vector>

#include "mizan/app/chores/chores.h"

namespace mizan::app {

class Service;

/// `service` outlives them.
[[nodiscard]] std::vector<Chore> platform_chores(Service& service);

}  // namespace mizan::app
