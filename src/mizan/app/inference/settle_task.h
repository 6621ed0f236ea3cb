// Believes tasks anew and brings them to what is believed: done, one more annotation, or somebody better.
// What is closed stays closed: inference alone never takes a finished task up again.
#pragma once

#include <cstddef>
#include <vector>

#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

/// @in tasks  in ascending order; each is locked while it changes
[[nodiscard]] Result<void> settle_tasks(Service& service, domain::ProjectId project,
                                        const std::vector<domain::TaskId>& tasks, std::size_t at_once);

}  // namespace mizan::app
