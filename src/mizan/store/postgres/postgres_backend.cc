#include "mizan/store/postgres/postgres_backend.h"

#include <utility>

#include "mizan/store/postgres/postgres_connection.h"
#include "mizan/store/postgres/postgres_writers.h"
#include "mizan/store/sql/connection_pool.h"

namespace mizan::store {
namespace {

// Two writers that wait for each other find out after this, not after the server's second.
constexpr std::chrono::milliseconds kLockTimeout{250};

class PostgresBackend final : public Backend {
 public:
  PostgresBackend(PostgresOptions plain, std::unique_ptr<PostgresWriters> writers,
                  const DatabaseOptions& options)
      : plain_(std::move(plain)),
        writers_(std::move(writers)),
        readers_([this]() -> Result<std::unique_ptr<Connection>> { return PostgresConnection::open(plain_); },
                 options.readers, options.busy_timeout) {}
  ~PostgresBackend() override { close_all(); }

  Dialect dialect() const override { return Dialect::postgres; }

  void enqueue(TransactionFn fn, DoneFn done) override { writers_->put({std::move(fn), std::move(done)}); }

  Result<void> read(const TransactionFn& fn) override { return read_with(readers_, fn); }

  Result<void> on_own_connection(const std::function<Result<void>(Connection&)>& fn) override {
    auto unhurried = plain_;
    unhurried.statement_timeout = {};
    MIZAN_TRY(auto connection, PostgresConnection::open(unhurried));
    return fn(*connection);
  }

  Result<void> backup(const std::string& path) override {
    return fail(ErrorCode::unsupported_format,
                "a PostgreSQL database is backed up with PostgreSQL's own tools", {},
                "run: pg_dump --format=custom --file='" + path + "' \"$MIZAN_DATABASE\"");
  }

  // The server checks its pages itself (data checksums, amcheck); Mizan has no file of its own to check.
  Result<std::vector<std::string>> integrity_check() override { return std::vector<std::string>{}; }

  void close() override { close_all(); }

 private:
  void close_all() {
    writers_->stop();
    readers_.close();
  }

  PostgresOptions plain_;
  std::unique_ptr<PostgresWriters> writers_;
  ConnectionPool readers_;
};

}  // namespace

Result<std::unique_ptr<Backend>> open_postgres(const std::string& url, const DatabaseOptions& options) {
  const PostgresOptions plain{
      .url = url, .schema = options.schema, .statement_timeout = options.statement_timeout};
  auto writing = plain;
  writing.lock_timeout = kLockTimeout;
  writing.plans_once = true;
  std::vector<std::unique_ptr<PostgresConnection>> connections;
  for (int i = 0; i < options.writers; ++i) {
    MIZAN_TRY(auto connection, PostgresConnection::open(writing));
    connections.push_back(std::move(connection));
  }
  auto writers = std::make_unique<PostgresWriters>(std::move(connections), options);
  return std::make_unique<PostgresBackend>(plain, std::move(writers), options);
}

}  // namespace mizan::store
