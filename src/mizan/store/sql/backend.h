// What a database must be able to do; implemented by store/sqlite and store/postgres, used through
// store/database.h.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/sql/connection.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// What runs inside a transaction. May run more than once.
using TransactionFn = std::function<Result<void>(Transaction&)>;
/// Told once what became of a write, after it is durable or has failed.
using DoneFn = std::function<void(Result<void>)>;

/// Thread-safe.
class Backend {
 public:
  Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;
  virtual ~Backend() = default;

  [[nodiscard]] virtual Dialect dialect() const = 0;

  /// Takes a write into the queue; `done` is called exactly once, on a thread of the store or, when the queue
  /// refuses, here.
  virtual void enqueue(TransactionFn fn, DoneFn done) = 0;
  /// Runs fn on a snapshot, on the calling thread.
  [[nodiscard]] virtual Result<void> read(const TransactionFn& fn) = 0;
  /// Runs fn on a connection of its own, outside any transaction and any queue: migrations.
  [[nodiscard]] virtual Result<void> on_own_connection(
      const std::function<Result<void>(Connection&)>& fn) = 0;

  /// Writes a copy of the whole database, as of one moment, while others read and write.
  [[nodiscard]] virtual Result<void> backup(const std::string& path) = 0;
  /// What is wrong inside the database file: one sentence each, none when it is whole.
  [[nodiscard]] virtual Result<std::vector<std::string>> integrity_check() = 0;

  /// Takes no more work, finishes what was taken, closes. May be called twice.
  virtual void close() = 0;
};

}  // namespace mizan::store
