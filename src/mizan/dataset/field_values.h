// What the text of a cell says: prices, seconds, times. Pure; no locale.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mizan::dataset {

/// Without ASCII blanks, tabs and line ends at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Whether an optional cell says "not known": empty, NA, N/A, NaN, null, none, -, whatever its case.
[[nodiscard]] bool says_unknown(std::string_view text);

/// An ISO 4217 code in four bytes; empty when the text names no currency.
struct Currency {
  std::array<char, 3> letters{};
  [[nodiscard]] bool empty() const { return letters[0] == '\0'; }
  [[nodiscard]] std::string_view text() const {
    return empty() ? std::string_view() : std::string_view(letters.data(), 3);
  }
  bool operator==(const Currency&) const = default;
};
/// @in code  three capital letters, or anything else for none
[[nodiscard]] Currency currency_of(std::string_view code);

struct Price {
  std::int64_t micros;
  Currency currency;
};

/// "0.05", "$0.05", "0,05 €", "USD 1,234.50". A comma alone is decimal unless exactly three digits follow it
/// (then "1,234" could be read both ways and is refused, but "0,125" cannot). At most six decimals count;
/// more are rounded half up. Negative prices are refused.
[[nodiscard]] std::optional<Price> parse_price(std::string_view text);

/// "12.5", "90", "1:30" (minutes and seconds), "1:02:03". Negative numbers are refused.
[[nodiscard]] std::optional<double> parse_seconds(std::string_view text);

/// ISO 8601 ("2026-01-31", "2026-01-31T12:00:00.25+03:00", a blank for the T; no zone = UTC) or a Unix time
/// in seconds, milliseconds, microseconds or nanoseconds, told apart by size. Microseconds UTC.
[[nodiscard]] std::optional<std::int64_t> parse_time_us(std::string_view text);

}  // namespace mizan::dataset
