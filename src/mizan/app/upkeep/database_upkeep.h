// What an operator does to a database from the command line: migrate, back up, restore. No caller is asked
// who he is: whoever can run these has the database's file or password in hand.
#pragma once

#include <cstdint>
#include <string>

#include "mizan/base/result.h"

namespace mizan::app {

struct MigrateOutcome {
  int version_before = 0;  ///< 0 = the database was empty
  int version_after = 0;
};
/// Brings the schema to this program's version.
/// @errors schema_too_new, database_unavailable
[[nodiscard]] Result<MigrateOutcome> migrate_database(const std::string& database);

struct BackupOutcome {
  int schema_version = 0;
  std::int64_t size_bytes = 0;
};
/// Copies a SQLite database as of one moment, also while a server uses it, and checks the copy.
/// @errors file_not_found: no such database; file_unwritable: there is a file already, or no space;
/// database_corrupt;
///         unsupported_format: PostgreSQL has its own tools, the hint has the command
[[nodiscard]] Result<BackupOutcome> backup_database(const std::string& database, const std::string& path);

struct RestoreRequest {
  std::string backup;    ///< a file that `mizan backup` made
  std::string database;  ///< path of the SQLite file
  bool replace = false;  ///< a database that is there is put aside as <path>.replaced; else it is an error
};
/// Puts a backup in a database's place. It is checked whole before anything is touched, and is not changed
/// itself.
/// @out the schema's version
/// @errors those of store::restore_database
[[nodiscard]] Result<int> restore_database(const RestoreRequest& request);

}  // namespace mizan::app
