// `mizan serve`: opens the database, opens the doors, works until it is told to stop.
#pragma once

#include "mizan/base/result.h"
#include "mizan/cli/serve/serve_settings.h"

namespace mizan::cli {

/// Serves until SIGTERM or SIGINT, then lets requests in flight finish. A second signal ends it at once.
/// @errors those of opening the database and of listening
[[nodiscard]] Result<void> serve(const ServeSettings& settings);

}  // namespace mizan::cli
