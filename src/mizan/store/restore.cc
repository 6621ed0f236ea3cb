#include "mizan/store/restore.h"

#include "mizan/store/database.h"
#include "mizan/store/migrate.h"
#include "mizan/store/sqlite/sqlite_backup.h"

namespace mizan::store {

Result<int> restore_database(const RestoreRequest& request) {
  if (is_postgres_url(request.database)) {
    return fail(ErrorCode::unsupported_format,
                "a PostgreSQL database is restored with PostgreSQL's own tools", {},
                "run: pg_restore --clean --if-exists --dbname \"$MIZAN_DATABASE\" '" + request.backup + "'");
  }
  int version = 0;
  const auto check = [&](SqliteConnection& copy) -> Result<void> {
    Transaction tx(copy);
    MIZAN_TRY(version, version_in(tx));
    if (version > 0) return check_not_newer(version);
    return fail(ErrorCode::unsupported_format, "this is no database of Mizan", request.backup);
  };
  const std::string kept_as = request.replace ? request.database + ".replaced" : "";
  MIZAN_CHECK_OK(put_database_back(request.backup, request.database, kept_as, check));
  return version;
}

}  // namespace mizan::store
