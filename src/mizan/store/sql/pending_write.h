// Writes that wait for their turn, and the bounded queue in which they do.
#pragma once

#include <chrono>
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

/// How long to wait for company: until so many writes wait, but no longer than that.
struct Gathering {
  std::size_t wanted = 1;
  std::chrono::microseconds patience{0};
};

/// Thread-safe; any number of threads put and take.
class WriteQueue {
 public:
  explicit WriteQueue(std::size_t limit) : limit_(limit) {}

  /// Refuses, by calling `done` here and now, when it is full (overloaded) or closed (database_unavailable).
  void put(PendingWrite write);
  /// Waits for work, then for company, then takes up to `most` writes in order. Empty: closed, and nothing is
  /// left.
  [[nodiscard]] WriteGroup take(std::size_t most, Gathering gathering = {});
  [[nodiscard]] std::size_t size() const;
  /// Takes no more; what waits can still be taken.
  void close();

 private:
  [[nodiscard]] std::optional<Error> refuse_or_take(PendingWrite& write, bool& is_awaited);
  [[nodiscard]] std::optional<Error> refusal_locked() const;
  [[nodiscard]] WriteGroup take_locked(std::size_t most);

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  WriteGroup waiting_;
  std::size_t awaited_ = 1;  // nobody is woken for fewer
  bool closed_ = false;
};

}  // namespace mizan::store
