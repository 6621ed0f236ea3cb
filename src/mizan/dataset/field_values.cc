#include "mizan/dataset/field_values.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

namespace mizan::dataset {
namespace {

using std::string_view;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kMaxUnits =
    1'000'000'000'000;  // a million million: beyond any price, within int64 micros

constexpr std::array<std::pair<string_view, string_view>, 7> kSymbols{{
    {"$", "USD"},
    {"US$", "USD"},
    {"€", "EUR"},
    {"£", "GBP"},
    {"¥", "JPY"},
    {"₹", "INR"},
    {"﷼", "SAR"},
}};

// The currency a text begins or ends with; what is left of it in `text`.
Currency take_currency(string_view& text) {
  for (const auto& [symbol, code] : kSymbols) {
    if (text.starts_with(symbol)) {
      text = trimmed(text.substr(symbol.size()));
      return currency_of(code);
    }
    if (text.ends_with(symbol)) {
      text = trimmed(text.substr(0, text.size() - symbol.size()));
      return currency_of(code);
    }
  }
  if (text.size() < 4) return {};
  if (const Currency before = currency_of(text.substr(0, 3)); !before.empty()) {
    text = trimmed(text.substr(3));
    return before;
  }
  const Currency after = currency_of(text.substr(text.size() - 3));
  if (!after.empty()) text = trimmed(text.substr(0, text.size() - 3));
  return after;
}

// Splits a number into its whole and its decimal digits; false when separators cannot be read one way only.
struct Decimal {
  std::string whole{};
  std::string fraction{};
};

std::optional<Decimal> split_decimal(string_view text) {
  const std::size_t dot = text.rfind('.');
  const std::size_t comma = text.rfind(',');
  std::size_t point = string_view::npos;
  char grouping = '\0';
  if (dot != string_view::npos && comma != string_view::npos) {
    point = dot > comma ? dot : comma;
    grouping = dot > comma ? ',' : '.';
  } else if (dot != string_view::npos) {
    point = dot;
  } else if (comma != string_view::npos) {
    const bool could_group = text.size() - comma == 4 && text.substr(0, comma) != "0";
    if (could_group) return std::nullopt;
    point = comma;
  }
  Decimal decimal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (is_digit(text[i])) {
      (i < point ? decimal.whole : decimal.fraction) += text[i];
    } else if (text[i] != grouping || i > point) {
      return std::nullopt;
    }
  }
  if (decimal.whole.empty() && decimal.fraction.empty()) return std::nullopt;
  return decimal;
}

std::optional<std::int64_t> micros_of(const Decimal& decimal) {
  std::int64_t micros = 0;
  for (const char digit : decimal.whole) {
    micros = micros * 10 + (digit - '0');
    if (micros > kMaxUnits) return std::nullopt;
  }
  std::int64_t unit = kMicros;
  micros *= unit;
  for (const char digit : decimal.fraction) {
    if (unit == 1) return micros + (digit >= '5' ? 1 : 0);
    unit /= 10;
    micros += unit * (digit - '0');
  }
  return micros;
}

std::optional<double> parse_double(string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Takes `count` digits off the front.
std::optional<int> take_digits(string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date_us(string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::int64_t{std::chrono::sys_days{date}.time_since_epoch().count()} * 86'400 * kMicros;
}

// "12:00", "12:00:00", "12:00:00.250"
std::optional<std::int64_t> take_clock_us(string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 24 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t us = (std::int64_t{*hour} * 3600 + std::int64_t{*minute} * 60) * kMicros;
  if (!take(text, ':')) return us;
  const auto second = take_digits(text, 2);
  if (!second || *second > 60) return std::nullopt;
  us += *second * kMicros;
  if (!take(text, '.') && !take(text, ',')) return us;
  std::int64_t unit = kMicros;
  while (!text.empty() && is_digit(text.front())) {
    unit /= 10;
    us += unit * (text.front() - '0');
    text.remove_prefix(1);
  }
  return us;
}

// "", "Z", "+03:00", "+0300", "+03", " UTC": how far the clock is ahead of UTC.
std::optional<std::int64_t> take_zone_us(string_view text) {
  text = trimmed(text);
  if (text.empty() || text == "Z" || text == "z" || text == "UTC") return 0;
  const bool is_behind = text.front() == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 15) return std::nullopt;
  take(text, ':');
  const auto minutes = text.empty() ? std::optional<int>(0) : take_digits(text, 2);
  if (!minutes || *minutes > 59 || !text.empty()) return std::nullopt;
  const std::int64_t us = (std::int64_t{*hours} * 60 + *minutes) * 60 * kMicros;
  return is_behind ? -us : us;
}

std::optional<std::int64_t> unix_time_us(string_view text) {
  const auto value = parse_double(text);
  if (!value || *value < 0) return std::nullopt;
  if (*value < 1e11) return static_cast<std::int64_t>(std::llround(*value * 1e6));
  if (*value < 1e14) return static_cast<std::int64_t>(std::llround(*value * 1e3));
  if (*value < 1e17) return static_cast<std::int64_t>(*value);
  if (*value < 9e18) return static_cast<std::int64_t>(*value / 1e3);
  return std::nullopt;
}

}  // namespace

string_view trimmed(string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool says_unknown(string_view text) {
  if (text.size() > 4) return false;
  std::string word(text);
  for (char& c : word) c = lower(c);
  for (const string_view unknown : {"", "na", "n/a", "nan", "null", "none", "-"})
    if (word == unknown) return true;
  return false;
}

Currency currency_of(string_view code) {
  Currency currency;
  if (code.size() != 3) return currency;
  for (const char c : code)
    if (c < 'A' || c > 'Z') return currency;
  currency.letters = {code[0], code[1], code[2]};
  return currency;
}

std::optional<Price> parse_price(string_view text) {
  text = trimmed(text);
  const Currency currency = take_currency(text);
  const auto decimal = split_decimal(text);
  if (!decimal) return std::nullopt;
  const auto micros = micros_of(*decimal);
  if (!micros) return std::nullopt;
  return Price{*micros, currency};
}

std::optional<double> parse_seconds(string_view text) {
  text = trimmed(text);
  double total = 0;
  for (int parts = 0; parts < 3; ++parts) {
    const std::size_t colon = text.find(':');
    const auto value = parse_double(text.substr(0, colon));
    if (!value || *value < 0 || std::signbit(*value)) return std::nullopt;
    total = total * 60 + *value;
    if (colon == string_view::npos) return total;
    text.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_time_us(string_view text) {
  text = trimmed(text);
  string_view rest = text;
  const auto date = take_date_us(rest);
  if (!date) return unix_time_us(text);
  if (rest.empty()) return date;
  if (!take(rest, 'T') && !take(rest, ' ')) return std::nullopt;
  const auto clock = take_clock_us(rest);
  const auto zone = clock ? take_zone_us(rest) : std::nullopt;
  if (!zone) return std::nullopt;
  return *date + *clock - *zone;
}

}  // namespace mizan::dataset
