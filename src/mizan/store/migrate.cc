#include "mizan/store/migrate.h"

#include <optional>
#include <string>

namespace mizan::store {
namespace {

constexpr Query kFindVersionTable{
    "find_version_table",
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'",
    "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"};
constexpr Query kAppliedVersion{"applied_version", "SELECT coalesce(max(number), 0) FROM schema_migrations"};
constexpr Query kNoteMigration{"note_migration",
                               "INSERT INTO schema_migrations (number, name) VALUES ($1, $2)"};
// SQLite's BEGIN IMMEDIATE has the lock already.
constexpr Query kLockSchema{
    "lock_schema", "SELECT 1",
    "SELECT pg_advisory_xact_lock(hashtext('mizan migrate ' || coalesce(current_schema(), '')))"};
constexpr std::string_view kVersionTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (number @int PRIMARY KEY, name @text NOT NULL) @table;";

tl::unexpected<Error> too_new(int version, int newest) {
  return fail(ErrorCode::schema_too_new,
              "the database has schema " + std::to_string(version) + ", this program knows up to " +
                  std::to_string(newest),
              {}, "install the version of Mizan that made it, or a later one");
}

// Applies the first migration that is missing; nothing when none is.
Result<std::optional<int>> apply_next(Connection& connection, std::span<const Migration> migrations) {
  Transaction tx(connection);
  MIZAN_TRY([[maybe_unused]] const auto locked, tx.execute(kLockSchema));
  MIZAN_TRY(const int version, version_in(tx));
  const int newest = migrations.empty() ? 0 : migrations.back().number;
  if (version > newest) return too_new(version, newest);
  for (const Migration& migration : migrations) {
    if (migration.number <= version) continue;
    MIZAN_CHECK_OK(connection.run_script(kVersionTable));
    if (auto applied = connection.run_script(migration.text); !applied) {
      Error error = std::move(applied).error();
      error.where = "migration " + std::to_string(migration.number) + " " + std::string(migration.name);
      return fail(std::move(error));
    }
    MIZAN_TRY([[maybe_unused]] const auto noted,
              tx.execute(kNoteMigration, migration.number, migration.name));
    return migration.number;
  }
  return std::nullopt;
}

Result<std::optional<int>> apply_next_atomically(Connection& connection,
                                                 std::span<const Migration> migrations) {
  MIZAN_CHECK_OK(connection.begin(Access::write));
  auto applied = apply_next(connection, migrations);
  if (applied) {
    if (auto committed = connection.commit(); !committed) applied = fail(std::move(committed).error());
  }
  if (!applied) connection.rollback();
  return applied;
}

}  // namespace

Result<void> migrate_schema(Backend& backend, std::span<const Migration> migrations) {
  return backend.on_own_connection([&](Connection& connection) -> Result<void> {
    for (;;) {
      MIZAN_TRY(const auto applied, apply_next_atomically(connection, migrations));
      if (!applied) return {};
    }
  });
}

Result<int> version_in(Transaction& tx) {
  const auto number = [](const Row& row) { return static_cast<int>(row.integer(0)); };
  MIZAN_TRY(const int table_count, tx.row(kFindVersionTable, number));
  if (table_count == 0) return 0;
  return tx.row(kAppliedVersion, number);
}

Result<void> check_not_newer(int version) {
  const int newest = all_migrations().back().number;
  if (version > newest) return too_new(version, newest);
  return {};
}

Result<int> applied_version(Backend& backend) {
  int version = 0;
  MIZAN_CHECK_OK(backend.read([&](Transaction& tx) -> Result<void> {
    MIZAN_TRY(version, version_in(tx));
    return {};
  }));
  return version;
}

Result<void> check_version(Backend& backend) {
  MIZAN_TRY(const int version, applied_version(backend));
  const int newest = all_migrations().back().number;
  if (version > newest) return too_new(version, newest);
  if (version == newest) return {};
  return fail(
      ErrorCode::schema_too_old,
      "the database has schema " + std::to_string(version) + ", this program needs " + std::to_string(newest),
      {}, "run `mizan migrate`");
}

}  // namespace mizan::store
