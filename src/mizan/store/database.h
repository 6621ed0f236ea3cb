// The database of a Mizan server: an embedded SQLite file or a shared PostgreSQL, behind one interface.
//
//   database.write([&](Transaction& tx) -> Result<TaskId> { … })     atomic and durable when it returns
//   database.read([&](Transaction& tx) -> Result<TaskRow> { … })     one snapshot; never waits for a writer
//
// Writes wait in one bounded queue. SQLite: one thread takes everything that waits into one transaction,
// commits once and then answers all of them (docs/adr/0010-group-commit.md). PostgreSQL: a few connections do
// the same side by side. A function given to write may run more than once, on another thread than the
// caller's: when a neighbour in its group failed, when two transactions collided, or when the connection was
// lost during COMMIT and nobody knows whether it took place. So it has no effects but those on the database,
// it sets its outputs anew each time, it is short (parse and validate before), and running it twice must be
// harmless: verbs get that from natural keys and idempotency keys.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/sql/backend.h"
#include "mizan/store/sql/database_options.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Whether a database is named by a PostgreSQL URL, and not by the path of a file.
[[nodiscard]] bool is_postgres_url(std::string_view text);

/// Thread-safe.
/// @errors of every call: overloaded (the queue is full, nothing was done), database_unavailable,
/// database_full,
///         database_corrupt, conflict (a constraint), serialisation_failure (collided too often)
class Database {
 public:
  /// @in url_or_path  "postgresql://…" or "postgres://…" (several hosts: the one that takes writes is used),
  /// else the path of a
  ///                  SQLite file, which is made if it is not there
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& url_or_path,
                                                              const DatabaseOptions& options = {});
  explicit Database(std::unique_ptr<Backend> backend);
  ~Database();

  [[nodiscard]] Dialect dialect() const;

  /// Runs fn (Transaction& → Result<T>) atomically; returns what it returned, after its changes are durable.
  /// An error that fn returns undoes its changes. Blocks; not to be called from inside a transaction.
  template <class Fn>
  [[nodiscard]] std::invoke_result_t<Fn&, Transaction&> write(Fn&& fn) {
    std::optional<std::invoke_result_t<Fn&, Transaction&>> answer;
    auto outcome = write_and_wait([&](Transaction& tx) -> Result<void> { return keep(answer, fn(tx)); });
    if (!outcome) return fail(std::move(outcome).error());
    return *std::move(answer);
  }

  /// As write, without blocking: `done` is told the outcome once, on a thread of the store (so it must be
  /// quick), or at once on this thread when the queue is full.
  void write_async(std::function<Result<void>(Transaction&)> fn, std::function<void(Result<void>)> done);

  /// Runs fn (Transaction& → Result<T>) on one snapshot, on this thread; statements that change data fail.
  template <class Fn>
  [[nodiscard]] std::invoke_result_t<Fn&, Transaction&> read(Fn&& fn) {
    std::optional<std::invoke_result_t<Fn&, Transaction&>> answer;
    auto outcome = read_here([&](Transaction& tx) -> Result<void> { return keep(answer, fn(tx)); });
    if (!outcome) return fail(std::move(outcome).error());
    return *std::move(answer);
  }

  /// Brings the schema to this program's version; does nothing when it is there. Safe when several nodes
  /// start at once.
  /// @errors schema_too_new
  [[nodiscard]] Result<void> migrate();
  /// The number of the newest migration that was applied; 0 for an empty database.
  [[nodiscard]] Result<int> schema_version();
  /// @errors schema_too_new, schema_too_old
  [[nodiscard]] Result<void> check_schema();

  /// Writes a copy as of one moment while others read and write. SQLite only.
  /// @errors unsupported_format: PostgreSQL has its own tools; the hint has the command. file_unwritable
  [[nodiscard]] Result<void> backup(const std::string& path);
  /// One sentence for each thing that is wrong inside the file; none when it is whole.
  [[nodiscard]] Result<std::vector<std::string>> integrity_check();

  /// Takes no more work, finishes what was taken, closes. The destructor does it too.
  void close();

 private:
  template <class R>
  static Result<void> keep(std::optional<R>& answer, R result) {
    answer.emplace(std::move(result));
    if (!*answer) return fail(answer->error());
    return {};
  }
  [[nodiscard]] Result<void> write_and_wait(const TransactionFn& fn);
  [[nodiscard]] Result<void> read_here(const TransactionFn& fn);

  std::unique_ptr<Backend> backend_;
};

}  // namespace mizan::store
