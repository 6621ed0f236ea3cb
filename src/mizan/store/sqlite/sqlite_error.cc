#include "mizan/store/sqlite/sqlite_error.h"

#include <cerrno>
#include <string>

#include <sqlite3.h>

namespace mizan::store {
namespace {

ErrorCode code_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return ErrorCode::database_full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::database_corrupt;
    case SQLITE_CONSTRAINT:
      return ErrorCode::conflict;
    case SQLITE_TOOBIG:
      return ErrorCode::body_too_large;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
      return ErrorCode::database_unavailable;
    default:
      return ErrorCode::internal;
  }
}

std::string_view hint_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::database_full:
      return "free space on the disk that holds the database; nothing that was acknowledged is lost";
    case ErrorCode::database_corrupt:
      return "stop the server, keep a copy of the file, and restore the newest backup with `mizan restore`";
    case ErrorCode::database_unavailable:
      return "check the permissions and the disk of the database file, and that no other program holds it "
             "locked";
    default:
      return {};
  }
}

}  // namespace

Error sqlite_error(sqlite3* database, int code, std::string_view doing) {
  const int full = database == nullptr ? code : sqlite3_extended_errcode(database);
  const int system_error = database == nullptr ? 0 : sqlite3_system_errno(database);
  const bool out_of_space =
      (code & 0xff) == SQLITE_IOERR && (system_error == ENOSPC || system_error == EDQUOT);
  const ErrorCode meaning = out_of_space ? ErrorCode::database_full : code_of(code);
  std::string message = "SQLite: ";
  message += database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
  message += " [" + std::to_string(full) + "]";
  return {meaning, std::move(message), std::string(doing), std::string(hint_of(meaning))};
}

}  // namespace mizan::store
