// PostgreSQL as the database of a server.
#pragma once

#include <memory>
#include <string>

#include "mizan/base/result.h"
#include "mizan/store/sql/backend.h"
#include "mizan/store/sql/database_options.h"

namespace mizan::store {

/// Connects. A URL with several hosts is for fail-over: the one that takes writes is used.
/// @errors database_unavailable
[[nodiscard]] Result<std::unique_ptr<Backend>> open_postgres(const std::string& url,
                                                             const DatabaseOptions& options);

}  // namespace mizan::store
