// Argon2id on a leash: two at once in the whole process, a bounded number waiting. Each takes 19 MiB and a
// core for some 25 ms, so without this a few hundred guesses a second would stop everything else.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan::app {

/// Thread-safe.
class PasswordPool {
 public:
  /// @errors overloaded: too many wait already
  [[nodiscard]] Result<std::string> hash(std::string_view password);
  /// @errors overloaded: too many wait already
  [[nodiscard]] Result<bool> matches(std::string_view hash, std::string_view password);

 private:
  static constexpr int kAtOnce = 2;
  static constexpr int kMostWaiting = 64;
  class Place;

  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace mizan::app
