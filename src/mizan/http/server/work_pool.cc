#include "mizan/http/server/work_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mizan::http {

struct WorkPool::State {
  mutable std::mutex mutex;
  std::condition_variable has_work;
  std::deque<Work> queue;
  std::size_t queue_limit = 0;
  std::size_t busy_count = 0;
  bool is_stopped = false;
  std::vector<std::thread> threads;

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      has_work.wait(lock, [&] { return is_stopped || !queue.empty(); });
      if (queue.empty()) return;
      Work work = std::move(queue.front());
      queue.pop_front();
      ++busy_count;
      lock.unlock();
      work();
      work = nullptr;  // what it held goes before the lock comes
      lock.lock();
      --busy_count;
    }
  }
};

WorkPool::WorkPool(std::size_t threads, std::size_t queue_limit) : state_(std::make_unique<State>()) {
  state_->queue_limit = queue_limit;
  for (std::size_t each = 0; each < threads; ++each) state_->threads.emplace_back([this] { state_->run(); });
}

WorkPool::~WorkPool() {
  stop();
}

bool WorkPool::try_add(Work work) {
  {
    const std::lock_guard lock(state_->mutex);
    const bool is_idle = state_->busy_count + state_->queue.size() < state_->threads.size();
    if (state_->is_stopped || (!is_idle && state_->queue.size() >= state_->queue_limit)) return false;
    state_->queue.push_back(std::move(work));
  }
  state_->has_work.notify_one();
  return true;
}

bool WorkPool::add_urgent(Work work) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_stopped) return false;
    state_->queue.push_front(std::move(work));
  }
  state_->has_work.notify_one();
  return true;
}

void WorkPool::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
  }
  state_->has_work.notify_all();
  for (std::thread& thread : state_->threads)
    if (thread.joinable()) thread.join();
}

std::size_t WorkPool::queued_count() const {
  const std::lock_guard lock(state_->mutex);
  return state_->queue.size();
}

std::size_t WorkPool::busy_count() const {
  const std::lock_guard lock(state_->mutex);
  return state_->busy_count;
}

}  // namespace mizan::http
