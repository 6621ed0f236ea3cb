// The one thread that writes a SQLite file: it takes everything that waits into one transaction, commits
// once, and has all of them answered (docs/adr/0010-group-commit.md).
//
//   callers ──put──▶ WriteQueue ──take──▶ writer: BEGIN IMMEDIATE, each function, COMMIT (one fsync) ──▶
//   Notifier ──▶ callers
//                                            ▲ the queue fills again meanwhile
#pragma once

#include <cstddef>
#include <memory>
#include <thread>

#include "mizan/store/sql/notifier.h"
#include "mizan/store/sql/pending_write.h"
#include "mizan/store/sqlite/sqlite_checkpointer.h"
#include "mizan/store/sqlite/sqlite_connection.h"

namespace mizan::store {

struct SqliteWriterOptions {
  std::size_t queue_limit;
  std::size_t group_limit;
};

class SqliteWriter {
 public:
  SqliteWriter(std::unique_ptr<SqliteConnection> connection, std::unique_ptr<SqliteCheckpointer> checkpointer,
               SqliteWriterOptions options);
  ~SqliteWriter();

  /// Thread-safe; `done` is called exactly once.
  void put(PendingWrite write) { queue_.put(std::move(write)); }
  /// Finishes what was put; everything has been told when it returns.
  void stop();

 private:
  void loop();
  void commit(WriteGroup& group);

  const std::size_t group_limit_;
  std::unique_ptr<SqliteConnection> connection_;
  std::unique_ptr<SqliteCheckpointer> checkpointer_;
  WriteQueue queue_;
  Notifier notifier_;
  std::thread thread_;
};

}  // namespace mizan::store
