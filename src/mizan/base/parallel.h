// Parallel loops whose result does not depend on the number of threads.
//
// The rule that makes it so: work is cut into blocks by the size of the problem alone (never by the number of
// threads), every block writes only what is its own, and partial sums are added in the order of the blocks.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace mizan {

/// A fixed set of threads. Thread-safe to share, but one loop runs at a time; a loop started inside a loop
/// runs serially in its caller, so nesting is harmless.
class ThreadPool {
 public:
  /// @in threads  how many threads work at once, the caller's included; 0 = as many as the machine has
  explicit ThreadPool(std::size_t threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] std::size_t thread_count() const;

  /// Calls task(0) … task(count-1), each once, in any order and on any thread; returns when all are done.
  /// An exception thrown by a task is rethrown here after the others have finished.
  void run(std::size_t count, const std::function<void(std::size_t)>& task);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// [begin, end) of block `index` when `size` things are cut into `blocks` nearly equal blocks.
struct BlockRange {
  std::size_t begin;
  std::size_t end;
};
[[nodiscard]] constexpr BlockRange block_range(std::size_t size, std::size_t blocks, std::size_t index) {
  const std::size_t base = size / blocks;
  const std::size_t extra = size % blocks;
  const std::size_t begin = index * base + (index < extra ? index : extra);
  return {begin, begin + base + (index < extra ? 1 : 0)};
}

/// Cuts [0,size) into `blocks` blocks and calls body(block, begin, end) for each in parallel.
void parallel_blocks(ThreadPool& pool, std::size_t size, std::size_t blocks,
                     const std::function<void(std::size_t block, std::size_t begin, std::size_t end)>& body);

}  // namespace mizan
