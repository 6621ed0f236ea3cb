// The seam between Mizan and a database: one connection, about a dozen verbs, two implementations
// (store/sqlite and store/postgres). Code above uses Transaction; only Transaction and the two backends use
// this.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>

#include "mizan/base/result.h"
#include "mizan/store/sql/query.h"
#include "mizan/store/sql/row.h"
#include "mizan/store/sql/value.h"

namespace mizan::store {

enum class Access : std::uint8_t { read, write };

/// A callable that takes each row of an answer, by reference: it must outlive the call that it is passed to.
/// It may end the answer early by returning an error, which the call then returns. It must not use the
/// connection.
class RowSink {
 public:
  RowSink() = default;  ///< takes no rows

  template <class Fn>
  requires(!std::is_same_v<std::remove_cv_t<Fn>, RowSink>)
      RowSink(Fn& fn)  // NOLINT(google-explicit-constructor): a lambda is passed where a sink is wanted
      : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(fn)))),
        call_([](void* callable, const Row& row) -> Result<void> {
          return (*static_cast<Fn*>(callable))(row);
        }) {}

  /// A sink that sets `enough` when it needs no further row. Who has them already may give them all the same.
  template <class Fn>
  RowSink(Fn& fn, const bool& enough) : RowSink(fn) {
    enough_ = &enough;
  }

  [[nodiscard]] Result<void> operator()(const Row& row) const {
    return call_ == nullptr ? Result<void>{} : call_(callable_, row);
  }
  [[nodiscard]] bool has_enough() const { return enough_ != nullptr && *enough_; }

 private:
  void* callable_ = nullptr;
  Result<void> (*call_)(void*, const Row&) = nullptr;
  const bool* enough_ = nullptr;
};

/// Not thread-safe: one thread at a time. After a statement has failed, nothing but rollback() or
/// rollback_to() is of use.
/// @errors of every call that runs SQL: conflict (a constraint), database_full, database_unavailable,
/// database_corrupt, internal (a mistake in the statement, with the query's name)
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  [[nodiscard]] virtual Dialect dialect() const = 0;

  /// Every statement runs between begin and commit or rollback. A read sees one snapshot from its first
  /// statement on.
  [[nodiscard]] virtual Result<void> begin(Access access) = 0;
  /// After an error the state of the transaction is decided by rollback(), or, when the connection broke,
  /// unknown.
  [[nodiscard]] virtual Result<void> commit() = 0;
  virtual void rollback() = 0;

  /// A point inside the transaction to come back to; points nest.
  [[nodiscard]] virtual Result<void> savepoint() = 0;
  [[nodiscard]] virtual Result<void> release() = 0;
  [[nodiscard]] virtual Result<void> rollback_to() = 0;

  /// Runs a statement and gives its rows to the sink. The whole answer may be held in memory.
  /// @out number of rows that the statement inserted, updated or deleted
  [[nodiscard]] virtual Result<std::int64_t> run(const Query& query, Params params, const RowSink& sink) = 0;
  /// As run, for long answers: one row at a time in constant memory.
  [[nodiscard]] virtual Result<void> stream(const Query& query, Params params, const RowSink& sink) = 0;
  /// Runs a statement whose rows and count nobody needs. PostgreSQL sends it on with the next statements (no
  /// round trip of its own), and its error is that of the next run, stream, queue or commit; SQLite runs it
  /// at once.
  [[nodiscard]] virtual Result<void> queue(const Query& query, Params params) = 0;
  /// Asks ahead what run or queue will ask with the very same parameters: on PostgreSQL all that was foreseen
  /// travels to the server together, and the answer is that of the moment when it got there. Statements that
  /// are no SELECT are left to run and queue; SQLite, which has no way to travel, foresees nothing.
  [[nodiscard]] virtual Result<void> foresee(const Query& query, Params params) = 0;
  /// Several statements without parameters, separated by semicolons: migrations.
  [[nodiscard]] virtual Result<void> run_script(std::string_view script) = 0;

  /// Grows whenever there is more to undo: a statement has changed data, or has failed so that only a
  /// rollback mends it.
  [[nodiscard]] virtual std::int64_t change_count() const = 0;
};

}  // namespace mizan::store
