// Time: an instant, and the clock that tells it. Nothing below the shell asks a clock; it is passed in.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan {

/// Microseconds since 1970-01-01 UTC.
struct Instant {
  std::int64_t us = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// A length of time in microseconds.
struct Duration {
  std::int64_t us = 0;
  friend auto operator<=>(const Duration&, const Duration&) = default;
};
[[nodiscard]] constexpr Duration seconds(std::int64_t count) {
  return {count * 1'000'000};
}
[[nodiscard]] constexpr Instant operator+(Instant at, Duration span) {
  return {at.us + span.us};
}
[[nodiscard]] constexpr Instant operator-(Instant at, Duration span) {
  return {at.us - span.us};
}
[[nodiscard]] constexpr Duration operator-(Instant late, Instant early) {
  return {late.us - early.us};
}

/// RFC 3339 in UTC with microseconds: "2026-01-31T12:00:00.000000Z".
[[nodiscard]] std::string to_text(Instant at);
/// Reads RFC 3339 with any offset and 0 to 9 digits of a second (beyond microseconds cut off).
/// @errors invalid_argument
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

/// A clock that tests move by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_us_(start.us) {}
  [[nodiscard]] Instant now() const override { return {now_us_.load()}; }
  void advance(Duration span) { now_us_ += span.us; }

 private:
  std::atomic<std::int64_t> now_us_;
};

}  // namespace mizan
