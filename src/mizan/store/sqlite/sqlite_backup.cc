#include "mizan/store/sqlite/sqlite_backup.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include <sqlite3.h>

#include "mizan/store/sqlite/sqlite_error.h"

namespace mizan::store {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

Result<void> copy_pages(sqlite3* from, const std::string& path) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(
      path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  const std::unique_ptr<sqlite3, CloseDatabase> to(raw);
  if (opened != SQLITE_OK) return fail(sqlite_error(raw, opened, path));
  sqlite3_backup* copying = sqlite3_backup_init(raw, "main", from, "main");
  if (copying == nullptr) return fail(sqlite_error(raw, sqlite3_errcode(raw), path));
  // All pages in one step: one snapshot, so that writers cannot make it begin anew.
  sqlite3_backup_step(copying, -1);
  const int finished = sqlite3_backup_finish(copying);
  if (finished != SQLITE_OK) return fail(sqlite_error(raw, finished, path));
  return {};
}

}  // namespace

Result<void> copy_database(SqliteConnection& from, const std::string& path) {
  std::error_code failed;
  if (std::filesystem::exists(path, failed)) {
    return fail(ErrorCode::file_unwritable, "there is a file of that name already", path,
                "choose another name, or move the old backup away");
  }
  const std::string unfinished = path + ".unfinished";
  std::filesystem::remove(unfinished, failed);
  auto copied = copy_pages(from.handle(), unfinished);
  if (copied) {
    std::filesystem::rename(unfinished, path, failed);
    if (!failed) return {};
    copied = fail(ErrorCode::file_unwritable, failed.message(), path);
  }
  for (const char* suffix : {"", "-journal", "-wal", "-shm"})
    std::filesystem::remove(unfinished + suffix, failed);
  return copied;
}

}  // namespace mizan::store
