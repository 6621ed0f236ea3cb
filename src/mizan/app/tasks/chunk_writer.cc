#include "mizan/app/tasks/chunk_writer.h"

#include <chrono>
#include <thread>
#include <utility>

namespace mizan::app {
namespace {

/// Enough to keep the writer busy while rows are read; each holds a thousand rows.
constexpr int kMaxFlying = 4;

}  // namespace

struct ChunkWriter::Flight {
  ImportChunk chunk;
  std::vector<store::ExistingTask> existing{};
};

ChunkWriter::ChunkWriter(store::Database& database, WriteChunk write)
    : database_(database), write_(std::move(write)) {}

ChunkWriter::~ChunkWriter() {
  wait();
}

void ChunkWriter::submit(ImportChunk chunk) {
  auto flight = std::make_shared<Flight>(Flight{std::move(chunk)});
  bool is_refused = false;
  {
    const std::lock_guard lock(mutex_);
    is_refused = !refused_.empty();
  }
  if (is_refused) wait();  // the database is busy: memory stays bounded
  {
    std::unique_lock lock(mutex_);
    landed_.wait(lock, [&] { return flying_ < kMaxFlying; });
    ++flying_;
  }
  send(flight);
}

void ChunkWriter::send(const std::shared_ptr<Flight>& flight) {
  database_.write_async(
      [this, flight](store::Transaction& tx) -> Result<void> {
        MIZAN_TRY(flight->existing, write_(tx, flight->chunk));
        return {};
      },
      [this, flight](const Result<void>& outcome) { land(flight, outcome); });
}

void ChunkWriter::land(const std::shared_ptr<Flight>& flight, const Result<void>& outcome) {
  // Notified under the lock: the waiter may destroy this object as soon as it holds it.
  const std::lock_guard lock(mutex_);
  if (outcome) {
    count(*flight);
  } else if (outcome.error().code == ErrorCode::overloaded && !totals_.failure) {
    refused_.push_back(flight);
  } else if (!totals_.failure) {
    totals_.failure = outcome.error();
  }
  --flying_;
  landed_.notify_all();
}

void ChunkWriter::count(const Flight& flight) {
  totals_.created_count += static_cast<std::int64_t>(flight.chunk.tasks.size() - flight.existing.size());
  for (const store::ExistingTask& existing : flight.existing) {
    const store::NewTask& task = flight.chunk.tasks[existing.index];
    // A row that repeats one of the same import finds it in its own, still invisible, lane.
    const bool is_there = existing.is_visible || existing.lane_id == task.lane_id;
    if (existing.is_same && is_there) {
      ++totals_.unchanged_count;
    } else {
      totals_.conflicts.push_back(conflict_of(task, existing, flight.chunk.lines[existing.index]));
    }
  }
}

void ChunkWriter::wait() {
  std::unique_lock lock(mutex_);
  while (true) {
    landed_.wait(lock, [&] { return flying_ == 0; });
    if (refused_.empty()) return;
    auto flight = std::move(refused_.front());
    refused_.pop_front();
    if (totals_.failure) continue;
    ++flying_;
    lock.unlock();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    send(flight);
    lock.lock();
  }
}

bool ChunkWriter::is_clean() const {
  const std::lock_guard lock(mutex_);
  return !totals_.failure && totals_.conflicts.empty();
}

RowError conflict_of(const store::NewTask& task, const store::ExistingTask& existing, std::uint64_t line) {
  const std::string there = existing.is_visible
                                ? "is task " + to_text(existing.task_id) + " with other content"
                                : "stands in this or another import twice, or with other content";
  return {line,
          {ErrorCode::conflict, "external_id '" + task.external_id + "' " + there, "/external_id",
           "give the changed task an external_id of its own; a task is never changed by an import"}};
}

}  // namespace mizan::app
