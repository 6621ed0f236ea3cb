#include "mizan/store/sqlite/sqlite_backend.h"

#include <utility>

#include "mizan/store/sql/connection_pool.h"
#include "mizan/store/sqlite/sqlite_backup.h"
#include "mizan/store/sqlite/sqlite_connection.h"
#include "mizan/store/sqlite/sqlite_writer.h"

namespace mizan::store {
namespace {

constexpr Query kIntegrityCheck{"integrity_check", "PRAGMA integrity_check"};
constexpr int kWriterCacheKib = 256 * 1024;

SqliteConnectionOptions connection_options(const std::string& path, const DatabaseOptions& options,
                                           Access access) {
  return {.path = path, .access = access, .busy_timeout = options.busy_timeout};
}

class SqliteBackend final : public Backend {
 public:
  SqliteBackend(SqliteConnectionOptions reading, std::unique_ptr<SqliteWriter> writer,
                const DatabaseOptions& options)
      : reading_(std::move(reading)),
        writer_(std::move(writer)),
        readers_([this]() -> Result<std::unique_ptr<Connection>> { return SqliteConnection::open(reading_); },
                 options.readers, options.busy_timeout) {}
  ~SqliteBackend() override { close_all(); }

  Dialect dialect() const override { return Dialect::sqlite; }

  void enqueue(TransactionFn fn, DoneFn done) override { writer_->put({std::move(fn), std::move(done)}); }

  Result<void> read(const TransactionFn& fn) override { return read_with(readers_, fn); }

  Result<void> on_own_connection(const std::function<Result<void>(Connection&)>& fn) override {
    auto writing = reading_;
    writing.access = Access::write;
    MIZAN_TRY(auto connection, SqliteConnection::open(writing));
    return fn(*connection);
  }

  Result<void> backup(const std::string& path) override {
    MIZAN_TRY(auto connection, SqliteConnection::open(reading_));
    return copy_database(*connection, path);
  }

  Result<std::vector<std::string>> integrity_check() override {
    std::vector<std::string> complaints;
    MIZAN_CHECK_OK(read([&](Transaction& tx) -> Result<void> {
      MIZAN_TRY(complaints, tx.rows(kIntegrityCheck, [](const Row& row) { return row.string(0); }));
      return {};
    }));
    if (complaints.size() == 1 && complaints.front() == "ok") complaints.clear();
    return complaints;
  }

  void close() override { close_all(); }

 private:
  void close_all() {
    readers_.close();
    writer_->stop();
  }

  SqliteConnectionOptions reading_;
  std::unique_ptr<SqliteWriter> writer_;
  ConnectionPool readers_;
};

}  // namespace

Result<std::unique_ptr<Backend>> open_sqlite(const std::string& path, const DatabaseOptions& options) {
  auto writing = connection_options(path, options, Access::write);
  MIZAN_TRY(auto moving, SqliteConnection::open(writing));
  writing.cache_kib = kWriterCacheKib;
  MIZAN_TRY(auto connection, SqliteConnection::open(writing));
  auto writer = std::make_unique<SqliteWriter>(
      std::move(connection), std::make_unique<SqliteCheckpointer>(std::move(moving)),
      SqliteWriterOptions{.queue_limit = options.queue_limit, .group_limit = options.group_limit});
  return std::make_unique<SqliteBackend>(connection_options(path, options, Access::read), std::move(writer),
                                         options);
}

}  // namespace mizan::store
