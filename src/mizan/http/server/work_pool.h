// Threads for handlers that block, behind a bounded queue: when it is full, the caller hears so at once.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace mizan::http {

/// Thread-safe. The destructor finishes what was taken.
class WorkPool {
 public:
  using Work = std::function<void()>;
  WorkPool(std::size_t threads, std::size_t queue_limit);
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  /// False, and nothing is kept, when the queue is full or the pool has stopped.
  [[nodiscard]] bool try_add(Work work);
  /// Adds past the limit, ahead of what waits: the next piece of an answer already begun. Those are bounded
  /// by their connections. False when the pool has stopped.
  bool add_urgent(Work work);
  /// Finishes what was taken and ends the threads; later work is refused.
  void stop();

  [[nodiscard]] std::size_t queued_count() const;
  [[nodiscard]] std::size_t busy_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
