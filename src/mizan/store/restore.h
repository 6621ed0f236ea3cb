// Puts a backup in a database's place.
#pragma once

#include <string>

#include "mizan/base/result.h"

namespace mizan::store {

struct RestoreRequest {
  std::string backup;    ///< a file that `mizan backup` made
  std::string database;  ///< path of the SQLite file
  bool replace = false;  ///< a database that is there is put aside as <path>.replaced; else it is an error
};

/// The backup is checked whole before anything is touched, and is not changed itself.
/// @out the schema's version
/// @errors file_not_found, file_unwritable, database_corrupt, database_unavailable (in use), schema_too_new,
///         unsupported_format: no backup of Mizan, or the database is PostgreSQL
[[nodiscard]] Result<int> restore_database(const RestoreRequest& request);

}  // namespace mizan::store
