#include "mizan/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mizan {
namespace {
thread_local bool inside_a_loop = false;
}  // namespace

struct ThreadPool::State {
  std::vector<std::thread> threads;
  std::mutex one_loop_at_a_time;
  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable finished;
  const std::function<void(std::size_t)>* task = nullptr;
  std::size_t count = 0;
  std::atomic<std::size_t> next{0};
  std::size_t generation = 0;
  std::size_t busy = 0;
  bool stopping = false;
  std::exception_ptr error;

  void drain() {
    inside_a_loop = true;
    for (;;) {
      const std::size_t index = next.fetch_add(1);
      if (index >= count) break;
      try {
        (*task)(index);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!error) error = std::current_exception();
      }
    }
    inside_a_loop = false;
  }

  void work() {
    std::size_t seen = 0;
    for (;;) {
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return stopping || generation != seen; });
        if (stopping) return;
        seen = generation;
      }
      drain();
      const std::scoped_lock lock(mutex);
      if (--busy == 0) finished.notify_one();
    }
  }
};

ThreadPool::ThreadPool(std::size_t threads) : state_(std::make_unique<State>()) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  state_->threads.reserve(threads - 1);
  for (std::size_t i = 1; i < threads; ++i) state_->threads.emplace_back([this] { state_->work(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_all();
  for (auto& thread : state_->threads) thread.join();
}

std::size_t ThreadPool::thread_count() const {
  return state_->threads.size() + 1;
}

void ThreadPool::run(std::size_t count, const std::function<void(std::size_t)>& task) {
  if (inside_a_loop || count <= 1 || state_->threads.empty()) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  const std::scoped_lock one_loop(state_->one_loop_at_a_time);
  {
    const std::scoped_lock lock(state_->mutex);
    state_->task = &task;
    state_->count = count;
    state_->next = 0;
    state_->busy = state_->threads.size();
    state_->error = nullptr;
    ++state_->generation;
  }
  state_->wake.notify_all();
  state_->drain();
  std::unique_lock lock(state_->mutex);
  state_->finished.wait(lock, [&] { return state_->busy == 0; });
  if (state_->error) std::rethrow_exception(state_->error);
}

void parallel_blocks(ThreadPool& pool, std::size_t size, std::size_t blocks,
                     const std::function<void(std::size_t, std::size_t, std::size_t)>& body) {
  blocks = std::max<std::size_t>(1, std::min(blocks, size));
  if (size == 0) return;
  pool.run(blocks, [&](std::size_t block) {
    const BlockRange range = block_range(size, blocks, block);
    body(block, range.begin, range.end);
  });
}

}  // namespace mizan
