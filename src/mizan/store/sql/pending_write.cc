#include "mizan/store/sql/pending_write.h"

#include <algorithm>
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
// @out is_awaited  somebody may be waiting for just this one
std::optional<Error> WriteQueue::refuse_or_take(PendingWrite& write, bool& is_awaited) {
  const std::lock_guard lock(mutex_);
  auto refusal = refusal_locked();
  if (!refusal) waiting_.push_back(std::move(write));
  is_awaited = waiting_.size() >= awaited_;
  return refusal;
}

void WriteQueue::put(PendingWrite write) {
  bool is_awaited = true;
  if (auto refusal = refuse_or_take(write, is_awaited)) return write.done(fail(*std::move(refusal)));
  if (is_awaited) changed_.notify_one();
}

WriteGroup WriteQueue::take(std::size_t most, Gathering gathering) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
  const std::size_t wanted = std::min(most, gathering.wanted);
  if (waiting_.size() < wanted && gathering.patience.count() > 0) {
    awaited_ = wanted;
    changed_.wait_for(lock, gathering.patience, [&] { return closed_ || waiting_.size() >= wanted; });
    awaited_ = 1;
  }
  return take_locked(most);
}

std::size_t WriteQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
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
