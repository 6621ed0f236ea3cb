#include "mizan/store/sqlite/sqlite_connection.h"

#include <utility>

#include <sqlite3.h>

#include "mizan/store/sql/dialect.h"
#include "mizan/store/sqlite/sqlite_error.h"

namespace mizan::store {
namespace {

constexpr Query kBeginRead{"begin_read", "BEGIN"};
constexpr Query kBeginWrite{"begin_write", "BEGIN IMMEDIATE"};
constexpr Query kCommit{"commit", "COMMIT"};
constexpr Query kSavepoint{"savepoint", "SAVEPOINT point"};
constexpr Query kRelease{"release", "RELEASE point"};
constexpr Query kRollbackTo{"rollback_to", "ROLLBACK TO point"};

// Writing: checkpoints are made by a second thread, never inside a commit. Reading: what would change data
// fails.
std::string pragmas_of(const SqliteConnectionOptions& options) {
  std::string text =
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA "
      "temp_store = MEMORY;"
      "PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF;";
  text += "PRAGMA cache_size = -" + std::to_string(options.cache_kib) + ";";
  if (options.access == Access::read) text += "PRAGMA query_only = ON;";
  return text;
}

// SQLite counts the bytes that it holds under one lock for all connections, for a figure that nobody reads.
// It can be told not to only before its first use in the process.
void count_no_bytes() {
  [[maybe_unused]] static const int told = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

}  // namespace

void SqliteConnection::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const SqliteConnectionOptions& options) {
  count_no_bytes();
  auto connection = std::unique_ptr<SqliteConnection>(new SqliteConnection);
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.path.c_str(), &raw, flags, nullptr);
  connection->database_.reset(raw);
  if (code != SQLITE_OK) return fail(sqlite_error(raw, code, options.path));
  sqlite3_busy_timeout(raw, static_cast<int>(options.busy_timeout.count()));
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (auto prepared = connection->run_script(pragmas_of(options)); !prepared) {
    Error error = std::move(prepared).error();
    error.where = options.path;
    return fail(std::move(error));
  }
  return connection;
}

Result<void> SqliteConnection::control(const Query& query) {
  MIZAN_TRY(SqliteStatement * statement, find_or_prepare(query));
  MIZAN_TRY([[maybe_unused]] const auto changed, statement->run({}, RowSink{}));
  return {};
}

Result<void> SqliteConnection::begin(Access access) {
  return control(access == Access::write ? kBeginWrite : kBeginRead);
}

Result<void> SqliteConnection::commit() {
  const auto began = std::chrono::steady_clock::now();
  auto outcome = control(kCommit);
  commit_took_ =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  return outcome;
}

void SqliteConnection::rollback() {
  // Some errors (a full disk, a failing one) have rolled back already.
  if (sqlite3_get_autocommit(database_.get()) != 0) return;
  sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> SqliteConnection::savepoint() {
  return control(kSavepoint);
}

Result<void> SqliteConnection::release() {
  return control(kRelease);
}

Result<void> SqliteConnection::rollback_to() {
  MIZAN_CHECK_OK(control(kRollbackTo));
  return release();
}

Result<SqliteStatement*> SqliteConnection::find_or_prepare(const Query& query) {
  auto found = statements_.find(query.name);
  if (found == statements_.end()) {
    MIZAN_TRY(auto statement, SqliteStatement::prepare(database_.get(), query));
    found = statements_.emplace(query.name, std::move(statement)).first;
  }
  if (!found->second.is_of(query)) {
    return fail(ErrorCode::internal, "two statements have this name", std::string(query.name));
  }
  return &found->second;
}

Result<std::int64_t> SqliteConnection::run(const Query& query, Params params, const RowSink& sink) {
  MIZAN_TRY(SqliteStatement * statement, find_or_prepare(query));
  return statement->run(params, sink);
}

Result<void> SqliteConnection::stream(const Query& query, Params params, const RowSink& sink) {
  MIZAN_TRY([[maybe_unused]] const auto changed, run(query, params, sink));
  return {};
}

Result<void> SqliteConnection::queue(const Query& query, Params params) {
  return stream(query, params, RowSink{});
}

Result<void> SqliteConnection::run_script(std::string_view script) {
  const std::string text = expand_macros(script, Dialect::sqlite);
  const int code = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(sqlite_error(database_.get(), code, "script"));
  return {};
}

std::int64_t SqliteConnection::change_count() const {
  return sqlite3_total_changes64(database_.get());
}

Result<int> SqliteConnection::checkpoint_passively() {
  int in_log = 0;
  int moved = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
  // Busy: somebody else is at it.
  const int kind = code & 0xff;
  if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) return 0;
  if (code != SQLITE_OK) return fail(sqlite_error(database_.get(), code, "checkpoint"));
  return in_log - moved;
}

void SqliteConnection::on_commit(std::function<void(int)> listener) {
  commit_listener_ = std::move(listener);
  const auto call = [](void* self, sqlite3*, const char*, int frames) {
    static_cast<SqliteConnection*>(self)->commit_listener_(frames);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_.get(), call, this);
}

}  // namespace mizan::store
