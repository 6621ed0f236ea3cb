// Copies of a SQLite database: made while others read and write it, and put back in its place.
#pragma once

#include <functional>
#include <string>

#include "mizan/base/result.h"
#include "mizan/store/sqlite/sqlite_connection.h"

namespace mizan::store {

/// Copies the database as of one moment. The copy appears under its name only when it is whole and on the
/// disk.
/// @errors file_unwritable: there is a file already, or it cannot be written; database_full;
/// database_unavailable
[[nodiscard]] Result<void> copy_database(SqliteConnection& from, const std::string& path);

/// Looks at a copy before it takes its place; an error keeps it out.
using CheckCopy = std::function<Result<void>(SqliteConnection& copy)>;

/// Puts a copy of the file `from` at `to`. A database that is there must not be in use; it is moved to
/// `kept_as`.
/// @in kept_as  empty: there must be none
/// @errors file_not_found; file_unwritable: there is a database already, or no permission;
/// database_unavailable: it is in use;
///         database_corrupt: the copy is damaged; those of `check`
[[nodiscard]] Result<void> put_database_back(const std::string& from, const std::string& to,
                                             const std::string& kept_as, const CheckCopy& check);

}  // namespace mizan::store
