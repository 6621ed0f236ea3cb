#include "mizan/store/sqlite/sqlite_backup.h"

#include <filesystem>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "mizan/store/sqlite/sqlite_error.h"

namespace mizan::store {
namespace {

namespace fs = std::filesystem;

constexpr Query kIntegrityOfCopy{"integrity_of_copy", "PRAGMA integrity_check(1)"};
constexpr const char* kUnfinished = ".unfinished";

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

Result<void> copy_pages(sqlite3* from, const std::string& path) {
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
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

Result<void> sync_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (synced) return {};
  return fail(ErrorCode::file_unwritable, "cannot be brought to the disk", path.string());
}

fs::path folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

// A file is there under its name only once it is whole and on the disk.
Result<void> move_into_place(const std::string& from, const std::string& to) {
  MIZAN_CHECK_OK(sync_to_disk(from));
  std::error_code failed;
  fs::rename(from, to, failed);
  if (failed) return fail(ErrorCode::file_unwritable, failed.message(), to);
  return sync_to_disk(folder_of(to));
}

void remove_with_its_logs(const std::string& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(path + suffix, ignored);
}

Result<void> check_copy(const std::string& path, const CheckCopy& check) {
  MIZAN_TRY(const auto copy, SqliteConnection::open({.path = path}));
  const auto complaint = [&](const Row& row) -> Result<void> {
    if (row.text(0) == "ok") return {};
    return fail(ErrorCode::database_corrupt, "the backup is damaged: " + row.string(0));
  };
  MIZAN_CHECK_OK(copy->stream(kIntegrityOfCopy, {}, complaint));
  return check(*copy);
}

// Folds the log into the file, which only the last user of a database can do.
Result<void> set_aside(const std::string& path, const std::string& kept_as) {
  if (kept_as.empty()) {
    return fail(ErrorCode::file_unwritable, "there is a database already", path,
                "add --replace to put it aside");
  }
  if (fs::exists(kept_as)) {
    return fail(ErrorCode::file_unwritable, "an earlier database was put aside here already", kept_as,
                "move it away first");
  }
  {
    MIZAN_TRY(const auto last,
              SqliteConnection::open({.path = path, .busy_timeout = std::chrono::milliseconds(500)}));
    if (auto alone = last->run_script("PRAGMA journal_mode = DELETE"); !alone) {
      return fail(ErrorCode::database_unavailable, "the database is in use", path,
                  "stop `mizan serve` first");
    }
  }
  return move_into_place(path, kept_as);
}

}  // namespace

Result<void> copy_database(SqliteConnection& from, const std::string& path) {
  if (fs::exists(path)) {
    return fail(ErrorCode::file_unwritable, "there is a file of that name already", path,
                "choose another name, or move the old backup away");
  }
  const std::string unfinished = path + kUnfinished;
  remove_with_its_logs(unfinished);
  auto copied = copy_pages(from.handle(), unfinished);
  if (copied) copied = move_into_place(unfinished, path);
  if (!copied) remove_with_its_logs(unfinished);
  return copied;
}

Result<void> put_database_back(const std::string& from, const std::string& to, const std::string& kept_as,
                               const CheckCopy& check) {
  std::error_code failed;
  if (!fs::is_regular_file(from, failed))
    return fail(ErrorCode::file_not_found, "there is no such file", from);
  if (fs::exists(from + "-wal", failed)) {
    return fail(ErrorCode::unsupported_format, "this is a database in use, not a backup", from,
                "make a backup with `mizan backup`");
  }
  const std::string unfinished = to + kUnfinished;
  remove_with_its_logs(unfinished);
  fs::copy_file(from, unfinished, failed);
  if (failed) return fail(ErrorCode::file_unwritable, failed.message(), unfinished);
  auto outcome = check_copy(unfinished, check);
  if (outcome && fs::exists(to)) outcome = set_aside(to, kept_as);
  if (outcome) outcome = move_into_place(unfinished, to);
  if (!outcome) remove_with_its_logs(unfinished);
  return outcome;
}

}  // namespace mizan::store
