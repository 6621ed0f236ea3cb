// Moves the write-ahead log into the database file, beside the writer and not inside its commits: a
// checkpoint within a commit makes one commit in a few thousand fifty times slower than the rest.
//
// The log can only start again from its beginning at a moment when all of it is in the file. While the writer
// goes on, a second thread never quite gets there: so it does nearly all of the work, and then asks the
// writer to do the last few frames between two commits.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "mizan/store/sqlite/sqlite_connection.h"

namespace mizan::store {

class SqliteCheckpointer {
 public:
  /// @in connection  of its own, to write
  explicit SqliteCheckpointer(std::unique_ptr<SqliteConnection> connection);
  ~SqliteCheckpointer();

  /// From the writer, after each commit: quick.
  void note_log_length(int frames);
  /// From the writer, between two commits: whether it should finish the log now.
  [[nodiscard]] bool take_request_to_finish() {
    return finish_wanted_.exchange(false, std::memory_order_relaxed);
  }
  void stop();

 private:
  void loop();
  void move_log();

  std::unique_ptr<SqliteConnection> connection_;
  std::atomic<bool> finish_wanted_{false};
  std::atomic<bool> under_way_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mizan::store
