// One connection to a SQLite file.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mizan/base/result.h"
#include "mizan/store/sql/connection.h"
#include "mizan/store/sqlite/sqlite_statement.h"

struct sqlite3;

namespace mizan::store {

struct SqliteConnectionOptions {
  std::string path;
  Access access = Access::write;
  std::chrono::milliseconds busy_timeout{10'000};
  int cache_kib = 16 * 1024;
};

/// Not thread-safe. WAL, synchronous = FULL: a commit is on the disk when commit() returns.
class SqliteConnection final : public Connection {
 public:
  /// @errors database_unavailable (cannot be opened), database_corrupt (not a database)
  [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>> open(const SqliteConnectionOptions& options);

  [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
  [[nodiscard]] Result<void> begin(Access access) override;
  [[nodiscard]] Result<void> commit() override;
  void rollback() override;
  [[nodiscard]] Result<void> savepoint() override;
  [[nodiscard]] Result<void> release() override;
  [[nodiscard]] Result<void> rollback_to() override;
  [[nodiscard]] Result<std::int64_t> run(const Query& query, Params params, const RowSink& sink) override;
  [[nodiscard]] Result<void> stream(const Query& query, Params params, const RowSink& sink) override;
  [[nodiscard]] Result<void> queue(const Query& query, Params params) override;
  [[nodiscard]] Result<void> foresee(const Query&, Params) override { return {}; }
  [[nodiscard]] Result<void> run_script(std::string_view script) override;
  [[nodiscard]] std::int64_t change_count() const override;

  /// Moves what nobody needs in the log any more into the file, without waiting for anybody.
  /// @out frames of the log that are not in the file yet
  [[nodiscard]] Result<int> checkpoint_passively();
  /// How long the last commit() took: to write the log and to have it on the disk.
  [[nodiscard]] std::chrono::microseconds commit_took() const { return commit_took_; }
  /// Called after each commit with the number of frames in the log.
  void on_commit(std::function<void(int)> listener);

  [[nodiscard]] sqlite3* handle() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  SqliteConnection() = default;
  [[nodiscard]] Result<SqliteStatement*> find_or_prepare(const Query& query);
  [[nodiscard]] Result<void> control(const Query& query);

  std::unique_ptr<sqlite3, Close> database_;
  // After database_, so that statements go before their connection does.
  std::unordered_map<std::string_view, SqliteStatement> statements_;
  std::function<void(int)> commit_listener_;
  std::chrono::microseconds commit_took_{0};
};

}  // namespace mizan::store
