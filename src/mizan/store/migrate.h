// Brings a database's schema to this program's version: forward only, one transaction a migration.
//
// The migrations are the files migrations/NNNN_name.sql, in order, compiled in. A database says which it has
// had in the table schema_migrations. Several nodes may start at once: each migration is made under a lock of
// the whole database (SQLite: BEGIN IMMEDIATE, PostgreSQL: an advisory lock), inside which the version is
// read again.
#pragma once

#include <span>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/store/sql/backend.h"

namespace mizan::store {

struct Migration {
  int number;             ///< 1, 2, 3 … without a gap
  std::string_view name;  ///< "accounts"
  std::string_view text;  ///< SQL with the macros of sql/dialect.h
};

/// Every migration that this program knows, in order.
[[nodiscard]] std::span<const Migration> all_migrations();

/// @errors schema_too_new: the database was made by a newer program; nothing was touched
[[nodiscard]] Result<void> migrate_schema(Backend& backend,
                                          std::span<const Migration> migrations = all_migrations());
/// @out the newest migration that was applied; 0 for an empty database
[[nodiscard]] Result<int> applied_version(Backend& backend);
/// The same inside a transaction that is running.
[[nodiscard]] Result<int> version_in(Transaction& tx);
/// @errors schema_too_new
[[nodiscard]] Result<void> check_not_newer(int version);
/// @errors schema_too_new, schema_too_old
[[nodiscard]] Result<void> check_version(Backend& backend);

}  // namespace mizan::store
