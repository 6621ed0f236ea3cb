// SQLite's result codes as errors of Mizan.
#pragma once

#include <string_view>

#include "mizan/base/result.h"

struct sqlite3;

namespace mizan::store {

/// @in doing  the query's name, or what was being done
[[nodiscard]] Error sqlite_error(sqlite3* database, int code, std::string_view doing);

}  // namespace mizan::store
