#include "mizan/app/upkeep/database_upkeep.h"

#include <filesystem>

#include "mizan/store/database.h"
#include "mizan/store/restore.h"

namespace mizan::app {
namespace {

const store::DatabaseOptions kBriefly{.readers = 1, .writers = 1};

Result<void> check_is_there(const std::string& database) {
  if (store::is_postgres_url(database) || std::filesystem::exists(database)) return {};
  return fail(ErrorCode::file_not_found, "there is no database", database, "name it with --database");
}

Result<int> version_of_whole(store::Database& copy) {
  MIZAN_TRY(const auto complaints, copy.integrity_check());
  if (!complaints.empty()) return fail(ErrorCode::database_corrupt, complaints.front());
  return copy.schema_version();
}

}  // namespace

Result<MigrateOutcome> migrate_database(const std::string& database) {
  MIZAN_TRY(const auto opened, store::Database::open(database, kBriefly));
  MigrateOutcome outcome;
  MIZAN_TRY(outcome.version_before, opened->schema_version());
  MIZAN_CHECK_OK(opened->migrate());
  MIZAN_TRY(outcome.version_after, opened->schema_version());
  return outcome;
}

Result<BackupOutcome> backup_database(const std::string& database, const std::string& path) {
  MIZAN_CHECK_OK(check_is_there(database));
  {
    MIZAN_TRY(const auto opened, store::Database::open(database, kBriefly));
    MIZAN_CHECK_OK(opened->backup(path));
  }
  BackupOutcome outcome;
  MIZAN_TRY(const auto copy, store::Database::open(path, kBriefly));
  MIZAN_TRY(outcome.schema_version, version_of_whole(*copy));
  copy->close();
  outcome.size_bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
  return outcome;
}

Result<int> restore_database(const RestoreRequest& request) {
  return store::restore_database(
      {.backup = request.backup, .database = request.database, .replace = request.replace});
}

}  // namespace mizan::app
