// What all readers of text share: the check of the encoding, and progress from many threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "mizan/base/parallel.h"
#include "mizan/base/progress.h"
#include "mizan/base/result.h"
#include "mizan/dataset/input.h"

namespace mizan::dataset {

/// How many bytes at the front are valid UTF-8 (Unicode 15, table 3-7); text.size() when all are.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

/// The text without its byte order mark, checked to be UTF-8 without a doubt about its encoding.
/// @errors not_utf8 with the line; empty_input
/// @cost   O(bytes), parallel
[[nodiscard]] Result<std::string_view> text_of(const Input& input, ThreadPool& pool);

/// Reports progress and asks for cancellation from many threads, one at a time.
class Meter {
 public:
  Meter(const Progress& progress, std::string_view stage, std::uint64_t total);
  void add(std::uint64_t done);
  [[nodiscard]] bool is_cancelled() const { return is_cancelled_; }

 private:
  const Progress& progress_;
  std::string_view stage_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::mutex mutex_;
  std::atomic<bool> is_cancelled_ = false;
};

}  // namespace mizan::dataset
