// How many requests one caller or one address may send: token buckets in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "mizan/base/clock.h"

namespace mizan::http {

/// `per_second` in the long run, `burst` at once. per_second = 0: no limit.
struct RateLimit {
  double per_second = 0;
  double burst = 0;
};

struct RateVerdict {
  bool is_allowed = true;
  std::int64_t remaining = 0;      ///< further requests now
  std::int64_t retry_after_s = 0;  ///< when not allowed
};

/// Thread-safe. Past `max_keys` the bucket of a key unseen for long is forgotten; when all are in use, the
/// fullest of a few goes, which favours its owner a little and never bars anybody.
class RateLimiter {
 public:
  RateLimiter(RateLimit limit, std::size_t max_keys);
  ~RateLimiter();
  RateLimiter(const RateLimiter&) = delete;
  RateLimiter& operator=(const RateLimiter&) = delete;

  /// Takes one token of the key's bucket.
  [[nodiscard]] RateVerdict take(std::string_view key, Instant now);
  [[nodiscard]] const RateLimit& limit() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
