// Copies a SQLite database as of one moment, while others read and write it.
#pragma once

#include <string>

#include "mizan/base/result.h"
#include "mizan/store/sqlite/sqlite_connection.h"

namespace mizan::store {

/// The copy appears under its name only when it is whole and on the disk.
/// @errors file_unwritable: there is a file already, or it cannot be written; database_full;
/// database_unavailable
[[nodiscard]] Result<void> copy_database(SqliteConnection& from, const std::string& path);

}  // namespace mizan::store
