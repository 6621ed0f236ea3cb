// Writes that wait for their turn, and the bounded queue in which they do.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/sql/backend.h"

namespace mizan::store {

struct PendingWrite {
  TransactionFn fn;
  DoneFn done;
  Result<void> outcome{};
};

using WriteGroup = std::vector<PendingWrite>;

/// Tells each write its outcome, in order.
void acknowledge(WriteGroup& group);
/// The same outcome for each.
void fail_all(std::span<PendingWrite> group, const Error& error);

/// Thread-safe; any number of threads put and take.
class WriteQueue {
 public:
  explicit WriteQueue(std::size_t limit) : limit_(limit) {}

  /// Refuses, by calling `done` here and now, when it is full (overloaded) or closed (database_unavailable).
  void put(PendingWrite write);
  /// Waits for work, then takes up to `most` writes in order. Empty: closed, and nothing is left.
  [[nodiscard]] WriteGroup take(std::size_t most);
  /// Takes no more; what waits can still be taken.
  void close();

 private:
  [[nodiscard]] std::optional<Error> refuse_or_take(PendingWrite& write);
  [[nodiscard]] std::optional<Error> refusal_locked() const;
  [[nodiscard]] WriteGroup take_locked(std::size_t most);

  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  WriteGroup waiting_;
  bool closed_ = false;
};

}  // namespace mizan::store
