#include "mizan/store/sql/connection_pool.h"

#include <utility>

namespace mizan::store {

ConnectionPool::ConnectionPool(Open open, int limit, std::chrono::milliseconds patience)
    : open_(std::move(open)), limit_(limit), patience_(patience) {}

ConnectionPool::Borrowed::~Borrowed() {
  if (connection_) pool_->give_back(std::move(connection_));
}

void ConnectionPool::Borrowed::discard() {
  connection_.reset();
  pool_->give_back(nullptr);
}

Result<ConnectionPool::Borrowed> ConnectionPool::borrow() {
  std::unique_lock lock(mutex_);
  const bool free_in_time =
      changed_.wait_for(lock, patience_, [&] { return closed_ || !idle_.empty() || lent_count_ < limit_; });
  if (closed_) return fail(ErrorCode::database_unavailable, "the database is closed");
  if (!free_in_time) {
    return fail(ErrorCode::overloaded, "every connection that reads was busy for too long", {},
                "send it again in a moment");
  }
  ++lent_count_;
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return Borrowed(*this, std::move(connection));
  }
  lock.unlock();
  auto opened = open_();
  if (opened) return Borrowed(*this, *std::move(opened));
  give_back(nullptr);
  return fail(std::move(opened).error());
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  // Under the lock to the end: once close() sees that nothing is lent, the pool may be gone.
  const std::lock_guard lock(mutex_);
  --lent_count_;
  if (connection && !closed_) idle_.push_back(std::move(connection));
  connection.reset();
  changed_.notify_all();
}

void ConnectionPool::close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  idle_.clear();
  changed_.notify_all();
  changed_.wait(lock, [&] { return lent_count_ == 0; });
}

Result<void> read_with(ConnectionPool& pool, const std::function<Result<void>(Transaction&)>& fn) {
  MIZAN_TRY(auto borrowed, pool.borrow());
  Connection& connection = *borrowed;
  auto outcome = connection.begin(Access::read);
  if (outcome) {
    Transaction transaction(connection);
    outcome = fn(transaction);
    if (outcome && transaction.failure()) outcome = fail(*transaction.failure());
  }
  if (outcome) outcome = connection.commit();
  if (outcome) return outcome;
  if (outcome.error().code == ErrorCode::database_unavailable) {
    borrowed.discard();
  } else {
    connection.rollback();
  }
  return outcome;
}

}  // namespace mizan::store
