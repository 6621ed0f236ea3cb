// Counts of tasks on the wire: of a project, of a batch.
#pragma once

#include <vector>

#include <boost/json/array.hpp>

#include "mizan/app/projects/progress.h"

namespace mizan::http {

/// [{"state", "task_count", "wanted_count", "live_count", "done_count"}, …]
[[nodiscard]] boost::json::array counts_json(const std::vector<store::TaskCount>& counts);

}  // namespace mizan::http
