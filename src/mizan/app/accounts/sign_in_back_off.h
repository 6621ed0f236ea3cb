// Slows down whoever guesses, and nobody else: failures are counted for an account *from one address*, so
// that a stranger who keeps failing in somebody's name makes only himself wait. A second count, per address
// over all accounts, slows down who tries one password on many accounts.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"

namespace mizan::app {

/// Thread-safe. Kept in memory, per node: a restart forgets it.
class SignInBackOff {
 public:
  struct Attempt {
    std::string_view email;
    std::string_view address;
    Instant at;
  };

  /// @errors rate_limited: the wait after the last failures is not over; the message says how many seconds
  /// are left
  [[nodiscard]] Result<void> check(const Attempt& attempt);
  /// How much of the wait is left; zero or less when there is none.
  [[nodiscard]] Duration left(const Attempt& attempt);
  void failed(const Attempt& attempt);
  /// Forgets the failures of this account from this address.
  void succeeded(const Attempt& attempt);

  /// 0, 0, 0, 0, 0 (five tries are free), then 2, 4, 8 … 300 s after `failures` failures in a row.
  [[nodiscard]] static Duration wait_after(int failures, int free_tries);

 private:
  static constexpr int kFreeTries = 5;            // per account and address
  static constexpr int kFreeTriesOfAddress = 50;  // per address, over all accounts
  static constexpr std::size_t kMostEntries = 100'000;
  struct Failures {
    int count = 0;
    Instant last;
  };

  [[nodiscard]] Duration left(const std::string& key, int free_tries, Instant now);
  void count(const std::string& key, Instant now);

  std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;
};

}  // namespace mizan::app
