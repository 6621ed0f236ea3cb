// Connections that several threads share, each one thread at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/sql/connection.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Thread-safe. Opens connections as they are needed, up to a limit.
class ConnectionPool {
 public:
  using Open = std::function<Result<std::unique_ptr<Connection>>()>;

  ConnectionPool(Open open, int limit, std::chrono::milliseconds patience);

  /// A connection for as long as this object lives; it goes back to the pool afterwards.
  class Borrowed {
   public:
    Borrowed(ConnectionPool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Borrowed(Borrowed&& other) noexcept = default;
    Borrowed& operator=(Borrowed&&) = delete;
    ~Borrowed();

    [[nodiscard]] Connection& operator*() const { return *connection_; }
    /// Closes it instead: it is broken.
    void discard();

   private:
    ConnectionPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// Waits until one is free.
  /// @errors overloaded: none became free in time; database_unavailable: it could not be opened, or the pool
  /// is closed
  [[nodiscard]] Result<Borrowed> borrow();
  /// Lends no more, and returns after all have come back and are closed.
  void close();

 private:
  void give_back(std::unique_ptr<Connection> connection);

  Open open_;
  const int limit_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int lent_count_ = 0;
  bool closed_ = false;
};

/// Runs fn on a snapshot of a borrowed connection. Gives a broken connection up.
[[nodiscard]] Result<void> read_with(ConnectionPool& pool,
                                     const std::function<Result<void>(Transaction&)>& fn);

}  // namespace mizan::store
