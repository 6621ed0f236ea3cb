#include "mizan/base/clock.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace mizan {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using Microseconds = std::chrono::microseconds;

// Reads exactly `digits` digits at the front of `text` and removes them.
bool take_number(std::string_view& text, std::size_t digits, int& number) {
  if (text.size() < digits) return false;
  const char* end = text.data() + digits;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return false;
  }
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc{} || stop != end) return false;
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

bool take_fraction(std::string_view& text, std::int64_t& us) {
  us = 0;
  if (!take(text, ".")) return true;
  std::int64_t unit = 100'000;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 9) {
    us += (text.front() - '0') * unit;
    unit /= 10;
    ++digits;
    text.remove_prefix(1);
  }
  return digits > 0;
}

bool take_offset(std::string_view& text, std::int64_t& minutes) {
  minutes = 0;
  if (take(text, "Zz")) return true;
  const bool west = !text.empty() && text.front() == '-';
  int hour = 0;
  int minute = 0;
  if (!take(text, "+-") || !take_number(text, 2, hour) || !take(text, ":") || !take_number(text, 2, minute) ||
      hour > 23 || minute > 59) {
    return false;
  }
  minutes = (west ? -1 : 1) * (hour * 60 + minute);
  return true;
}

}  // namespace

std::string to_text(Instant at) {
  const std::chrono::sys_time<Microseconds> time{Microseconds{at.us}};
  const sys_days day = floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  char text[40];
  const int size =
      std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                    static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {text, static_cast<std::size_t>(size)};
}

Result<Instant> parse_instant(std::string_view text) {
  std::string_view rest = text;
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t us = 0;
  std::int64_t offset_minutes = 0;
  const bool reads = take_number(rest, 4, year) && take(rest, "-") && take_number(rest, 2, month) &&
                     take(rest, "-") && take_number(rest, 2, day) && take(rest, "Tt ") &&
                     take_number(rest, 2, hour) && take(rest, ":") && take_number(rest, 2, minute) &&
                     take(rest, ":") && take_number(rest, 2, second) && take_fraction(rest, us) &&
                     take_offset(rest, offset_minutes) && rest.empty();
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!reads || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return fail(ErrorCode::invalid_argument, "\"" + std::string(text.substr(0, 64)) + "\" is not a time", {},
                "write times like 2026-01-31T12:00:00Z");
  }
  const std::int64_t day_seconds = std::int64_t{sys_days{date}.time_since_epoch().count()} * 86'400;
  const std::int64_t whole =
      day_seconds + std::int64_t{hour} * 3600 + std::int64_t{minute - offset_minutes} * 60 + second;
  return Instant{whole * 1'000'000 + us};
}

Instant SystemClock::now() const {
  return {
      std::chrono::duration_cast<Microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace mizan
