// Writes the chunks of an import, a few on their way at once, and gathers what the database says. Of this
// folder only.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "mizan/app/tasks/import_tasks.h"
#include "mizan/app/tasks/task_plan.h"

namespace mizan::app {

/// Some planned tasks with the lines that they stood in.
struct ImportChunk {
  std::vector<store::NewTask> tasks{};
  std::vector<std::uint64_t> lines{};
};

/// What came of the chunks so far.
struct ChunkTotals {
  std::int64_t created_count = 0;
  std::int64_t unchanged_count = 0;
  std::vector<RowError> conflicts{};
  std::optional<Error> failure{};  ///< the database gave up
};

/// How a chunk is written, inside its transaction.
/// @out the tasks that were there
using WriteChunk = std::function<Result<std::vector<store::ExistingTask>>(store::Transaction&, ImportChunk&)>;

/// Not thread-safe for its caller; its callbacks come from threads of the store.
class ChunkWriter {
 public:
  ChunkWriter(store::Database& database, WriteChunk write);
  /// Waits until no chunk is on its way.
  ~ChunkWriter();
  ChunkWriter(const ChunkWriter&) = delete;
  ChunkWriter& operator=(const ChunkWriter&) = delete;

  /// Hands a chunk over; waits while too many are on their way.
  void submit(ImportChunk chunk);
  void wait();
  /// False as soon as a chunk met a conflict or the database failed.
  [[nodiscard]] bool is_clean() const;
  /// After wait().
  [[nodiscard]] ChunkTotals& totals() { return totals_; }

 private:
  struct Flight;
  void send(const std::shared_ptr<Flight>& flight);
  void land(const std::shared_ptr<Flight>& flight, const Result<void>& outcome);
  void count(const Flight& flight);

  store::Database& database_;
  WriteChunk write_;
  mutable std::mutex mutex_;
  std::condition_variable landed_;
  int flying_ = 0;
  std::deque<std::shared_ptr<Flight>> refused_;  // by a full queue: to be sent again
  ChunkTotals totals_;
};

/// The error of a task whose external id is taken.
[[nodiscard]] RowError conflict_of(const store::NewTask& task, const store::ExistingTask& existing,
                                   std::uint64_t line);

}  // namespace mizan::app
