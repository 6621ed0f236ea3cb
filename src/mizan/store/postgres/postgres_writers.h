// The connections that write to PostgreSQL, each with its thread: they take what waits in one queue, one
// write a transaction, and try again what collided (with growing pauses) or whose connection was lost.
//
//   lost connection: connect again and run again, for as long as there is patience. When COMMIT was under way
//   nobody knows whether it took place: the functions run again, and must find their own traces (see
//   database.h).
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "mizan/store/postgres/postgres_connection.h"
#include "mizan/store/sql/database_options.h"
#include "mizan/store/sql/group_commit.h"
#include "mizan/store/sql/pending_write.h"

namespace mizan::store {

class PostgresWriters {
 public:
  PostgresWriters(std::vector<std::unique_ptr<PostgresConnection>> connections,
                  const DatabaseOptions& options);
  ~PostgresWriters();

  /// Thread-safe; `done` is called exactly once.
  void put(PendingWrite write) { queue_.put(std::move(write)); }
  /// Finishes what was put; everything has been told when it returns.
  void stop();

 private:
  void loop(PostgresConnection& connection);
  [[nodiscard]] Result<GroupEnd> run_patiently(PostgresConnection& connection, std::span<PendingWrite> group);

  const std::chrono::milliseconds patience_;
  WriteQueue queue_;
  std::vector<std::unique_ptr<PostgresConnection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace mizan::store
