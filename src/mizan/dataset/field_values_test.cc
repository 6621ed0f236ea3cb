#include "mizan/dataset/field_values.h"

#include <string>

#include <gtest/gtest.h>

namespace mizan::dataset {
namespace {

std::string price_text(std::string_view text) {
  const auto price = parse_price(text);
  if (!price) return "bad";
  return std::to_string(price->micros) + std::string(price->currency.text());
}

TEST(Price, reads_points_commas_and_currencies_and_refuses_what_has_two_readings) {
  struct Case {
    const char* text;
    const char* micros;
  };
  for (const Case& c : {Case{"0.05", "50000"},
                        {"5", "5000000"},
                        {".5", "500000"},
                        {"5.", "5000000"},
                        {"$0.05", "50000USD"},
                        {"0,05 €", "50000EUR"},
                        {"€0.05", "50000EUR"},
                        {"£1", "1000000GBP"},
                        {"USD 1,234.50", "1234500000USD"},
                        {"1.234,50 EUR", "1234500000EUR"},
                        {"1.5 AED", "1500000AED"},
                        {"0,125", "125000"},
                        {"1,234", "bad"},
                        {"1,234,567", "bad"},
                        {"1.2345678", "1234568"},
                        {"0.0000004", "0"},
                        {"-1", "bad"},
                        {"1e3", "bad"},
                        {"", "bad"},
                        {"$", "bad"},
                        {"free", "bad"},
                        {"1..2", "bad"},
                        {"999999999999", "999999999999000000"},
                        {"99999999999999", "bad"}})
    EXPECT_EQ(price_text(c.text), c.micros) << c.text;
}

TEST(Seconds, reads_numbers_and_clock_times) {
  const auto seconds = [](std::string_view text) { return parse_seconds(text).value_or(-1); };
  EXPECT_DOUBLE_EQ(seconds("12.5"), 12.5);
  EXPECT_DOUBLE_EQ(seconds(" 90 "), 90);
  EXPECT_DOUBLE_EQ(seconds("1:30"), 90);
  EXPECT_DOUBLE_EQ(seconds("1:02:03"), 3723);
  EXPECT_DOUBLE_EQ(seconds("1e2"), 100);
  for (const char* bad : {"", "-1", "-0", "fast", "1:2:3:4", "inf", "nan", "12s", ":", "1:"})
    EXPECT_EQ(seconds(bad), -1) << bad;
}

TEST(Time, reads_iso_8601_and_unix_times_of_any_unit) {
  struct Case {
    const char* text;
    std::int64_t us;
  };
  constexpr std::int64_t kNoon = 1'769'860'800'000'000;
  for (const Case& c : {Case{"2026-01-31T12:00:00Z", kNoon},
                        {"2026-01-31 12:00:00", kNoon},
                        {"2026-01-31T15:00:00+03:00", kNoon},
                        {"2026-01-31T15:00:00+0300", kNoon},
                        {"2026-01-31T07:30-04:30", kNoon},
                        {"2026-01-31 12:00:00 UTC", kNoon},
                        {"2026-01-31T12:00:00.25Z", kNoon + 250'000},
                        {"2026-01-31T12:00:00.123456789Z", kNoon + 123'456},
                        {"2026-01-31", kNoon - 43'200'000'000},
                        {"1769860800", kNoon},
                        {"1769860800.5", kNoon + 500'000},
                        {"1769860800000", kNoon},
                        {"1769860800000000", kNoon},
                        {"1969-12-31T23:59:59Z", -1'000'000}})
    EXPECT_EQ(parse_time_us(c.text).value_or(-1), c.us) << c.text;
  for (const char* bad : {"", "yesterday", "2026-02-30", "2026-13-01", "1/31/2026", "2026-01-31T25:00:00",
                          "-5", "2026-01-31T12:00:00+99:00", "2026-01-31X", "1e30", "2026-01-31T12:61"})
    EXPECT_FALSE(parse_time_us(bad)) << bad;
}

TEST(Unknown, is_said_by_the_usual_words) {
  for (const char* word : {"", "NA", "n/a", "NaN", "null", "None", "-"})
    EXPECT_TRUE(says_unknown(word)) << word;
  for (const char* word : {"0", "no", "unknown", "nanny"}) EXPECT_FALSE(says_unknown(word)) << word;
}

}  // namespace
}  // namespace mizan::dataset
