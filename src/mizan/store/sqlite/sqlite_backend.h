// SQLite as the database of a server.
#pragma once

#include <memory>
#include <string>

#include "mizan/base/result.h"
#include "mizan/store/sql/backend.h"
#include "mizan/store/sql/database_options.h"

namespace mizan::store {

/// Opens the file, making it if it is not there.
/// @errors database_unavailable, database_corrupt
[[nodiscard]] Result<std::unique_ptr<Backend>> open_sqlite(const std::string& path,
                                                           const DatabaseOptions& options);

}  // namespace mizan::store
