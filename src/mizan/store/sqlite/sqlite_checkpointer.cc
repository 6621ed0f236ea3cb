#include "mizan/store/sqlite/sqlite_checkpointer.h"

#include <limits>
#include <utility>

namespace mizan::store {
namespace {

constexpr int kEnoughFrames = 16'000;  // 64 MB of log
constexpr int kFewFrames = 400;        // a matter of a millisecond

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)), thread_([this] { loop(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  stop();
}

void SqliteCheckpointer::note_log_length(int frames) {
  if (frames < kEnoughFrames || under_way_.exchange(true)) return;
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  changed_.notify_one();
}

void SqliteCheckpointer::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return wanted_ || stopping_; });
    if (stopping_) return;
    wanted_ = false;
    lock.unlock();
    move_log();
    under_way_ = false;
    lock.lock();
  }
}

void SqliteCheckpointer::move_log() {
  // Each pass leaves what was written during it. When passes no longer get shorter, the writer writes as fast
  // as this thread.
  for (int before = std::numeric_limits<int>::max();;) {
    const auto left = connection_->checkpoint_passively();
    // A failure (a full disk) will be met by the writer too, which reports it; the log keeps everything
    // meanwhile.
    if (!left) return;
    if (*left < kFewFrames || *left > before / 2) break;
    before = *left;
  }
  finish_wanted_.store(true, std::memory_order_relaxed);
}

void SqliteCheckpointer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace mizan::store
