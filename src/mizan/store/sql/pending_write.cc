#include "mizan/store/sql/pending_write.h"

#include <iterator>
#include <span>
#include <utility>

namespace mizan::store {

void acknowledge(WriteGroup& group) {
  for (PendingWrite& write : group) write.done(std::move(write.outcome));
  group.clear();
}

void fail_all(std::span<PendingWrite> group, const Error& error) {
  for (PendingWrite& write : group) write.outcome = fail(error);
}

std::optional<Error> WriteQueue::refusal_locked() const {
  if (closed_) {
    return Error{
        ErrorCode::database_unavailable, "the server is shutting down", {}, "send it again in a moment"};
  }
  if (waiting_.size() >= limit_) {
    return Error{ErrorCode::overloaded,
                 std::to_string(limit_) + " changes wait for the database already",
                 {},
                 "send it again in a moment"};
  }
  return std::nullopt;
}

// Moves the write into the queue, or leaves it and says why not.
std::optional<Error> WriteQueue::refuse_or_take(PendingWrite& write) {
  const std::lock_guard lock(mutex_);
  auto refusal = refusal_locked();
  if (!refusal) waiting_.push_back(std::move(write));
  return refusal;
}

void WriteQueue::put(PendingWrite write) {
  if (auto refusal = refuse_or_take(write)) return write.done(fail(*std::move(refusal)));
  changed_.notify_one();
}

WriteGroup WriteQueue::take(std::size_t most) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
  return take_locked(most);
}

WriteGroup WriteQueue::take_locked(std::size_t most) {
  if (waiting_.size() <= most) return std::exchange(waiting_, {});
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(most);
  WriteGroup group(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return group;
}

void WriteQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace mizan::store
