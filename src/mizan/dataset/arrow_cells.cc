#include "mizan/dataset/arrow_cells.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

#include <arrow/api.h>
#include <fmt/format.h>

namespace mizan::dataset {
namespace {

using std::string;
using std::string_view;

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
constexpr std::int64_t kDayUs = 86'400'000'000;

template <class Value>
string_view number_text(Value value, string& buffer) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  buffer.assign(digits.data(), error == std::errc() ? end : digits.data());
  return buffer;
}

string_view real_text(double value, string& buffer) {
  if (std::isnan(value)) return {};
  if (std::abs(value) < kExactIntegers && std::trunc(value) == value)
    return number_text(static_cast<std::int64_t>(value), buffer);
  return number_text(value, buffer);
}

// Years beyond four digits are written all the same; parse_time_us then refuses them.
string_view time_text(std::int64_t us, string& buffer) {
  const std::int64_t day = us / kDayUs - (us % kDayUs < 0 ? 1 : 0);
  if (day < -700'000 || day > 10'000'000) return buffer = "out of range";
  const std::int64_t in_day = us - day * kDayUs;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  const std::int64_t seconds = in_day / 1'000'000;
  buffer = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), seconds / 3600,
                       seconds / 60 % 60, seconds % 60, in_day % 1'000'000);
  return buffer;
}

// Saturates: a time so far away has no year of four digits.
std::int64_t times(std::int64_t value, std::int64_t factor) {
  if (value > INT64_MAX / factor) return INT64_MAX;
  return value < INT64_MIN / factor ? INT64_MIN : value * factor;
}

std::int64_t to_us(std::int64_t value, arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::SECOND:
      return times(value, 1'000'000);
    case arrow::TimeUnit::MILLI:
      return times(value, 1000);
    case arrow::TimeUnit::MICRO:
      return value;
    case arrow::TimeUnit::NANO:
      return value / 1000;
  }
  return value;
}

template <class Array>
string_view read_view(const arrow::Array& array, std::int64_t row, string&) {
  return static_cast<const Array&>(array).GetView(row);
}

template <class Array>
string_view read_integer(const arrow::Array& array, std::int64_t row, string& buffer) {
  return number_text(static_cast<const Array&>(array).Value(row), buffer);
}

template <class Array>
string_view read_real(const arrow::Array& array, std::int64_t row, string& buffer) {
  return real_text(static_cast<double>(static_cast<const Array&>(array).Value(row)), buffer);
}

string_view read_bool(const arrow::Array& array, std::int64_t row, string&) {
  return static_cast<const arrow::BooleanArray&>(array).Value(row) ? "true" : "false";
}

template <class Array>
string_view read_decimal(const arrow::Array& array, std::int64_t row, string& buffer) {
  return buffer = static_cast<const Array&>(array).FormatValue(row);
}

string_view read_timestamp(const arrow::Array& array, std::int64_t row, string& buffer) {
  const auto& stamps = static_cast<const arrow::TimestampArray&>(array);
  const auto unit = static_cast<const arrow::TimestampType&>(*array.type()).unit();
  return time_text(to_us(stamps.Value(row), unit), buffer);
}

string_view read_date32(const arrow::Array& array, std::int64_t row, string& buffer) {
  return time_text(times(static_cast<const arrow::Date32Array&>(array).Value(row), kDayUs), buffer);
}

string_view read_date64(const arrow::Array& array, std::int64_t row, string& buffer) {
  return time_text(to_us(static_cast<const arrow::Date64Array&>(array).Value(row), arrow::TimeUnit::MILLI),
                   buffer);
}

string_view read_null(const arrow::Array&, std::int64_t, string&) {
  return {};
}

using Read = string_view (*)(const arrow::Array&, std::int64_t, string&);
Read reader_of(arrow::Type::type type);

string_view read_dictionary(const arrow::Array& array, std::int64_t row, string& buffer) {
  const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
  const arrow::Array& values = *coded.dictionary();
  const std::int64_t value = coded.GetValueIndex(row);
  if (values.IsNull(value)) return {};
  return reader_of(values.type_id())(values, value, buffer);
}

Read reader_of(arrow::Type::type type) {
  using arrow::Type;
  switch (type) {
    case Type::NA:
      return read_null;
    case Type::BOOL:
      return read_bool;
    case Type::STRING:
      return read_view<arrow::StringArray>;
    case Type::LARGE_STRING:
      return read_view<arrow::LargeStringArray>;
    case Type::STRING_VIEW:
      return read_view<arrow::StringViewArray>;
    case Type::UINT8:
      return read_integer<arrow::UInt8Array>;
    case Type::INT8:
      return read_integer<arrow::Int8Array>;
    case Type::UINT16:
      return read_integer<arrow::UInt16Array>;
    case Type::INT16:
      return read_integer<arrow::Int16Array>;
    case Type::UINT32:
      return read_integer<arrow::UInt32Array>;
    case Type::INT32:
      return read_integer<arrow::Int32Array>;
    case Type::UINT64:
      return read_integer<arrow::UInt64Array>;
    case Type::INT64:
      return read_integer<arrow::Int64Array>;
    case Type::FLOAT:
      return read_real<arrow::FloatArray>;
    case Type::DOUBLE:
      return read_real<arrow::DoubleArray>;
    case Type::DECIMAL128:
      return read_decimal<arrow::Decimal128Array>;
    case Type::DECIMAL256:
      return read_decimal<arrow::Decimal256Array>;
    case Type::TIMESTAMP:
      return read_timestamp;
    case Type::DATE32:
      return read_date32;
    case Type::DATE64:
      return read_date64;
    case Type::DICTIONARY:
      return read_dictionary;
    default:
      return nullptr;
  }
}

// A dictionary's values must have a text themselves.
Read reader_of_column(const arrow::Array& array) {
  if (array.type_id() != arrow::Type::DICTIONARY) return reader_of(array.type_id());
  const auto value_type = static_cast<const arrow::DictionaryType&>(*array.type()).value_type()->id();
  const bool is_readable = value_type != arrow::Type::DICTIONARY && reader_of(value_type) != nullptr;
  return is_readable ? read_dictionary : nullptr;
}

}  // namespace

Result<ArrowCells> ArrowCells::of(std::shared_ptr<arrow::Array> array, const string& column,
                                  const string& where) {
  const Read read = reader_of_column(*array);
  if (read == nullptr)
    return fail(ErrorCode::unsupported_format,
                "column \"" + column + "\" has the type " + array->type()->ToString() +
                    ", which is not one value a row",
                where, "text, numbers, times and dictionaries of them can be read; unnest the column first");
  return ArrowCells(std::move(array), read);
}

string_view ArrowCells::text(std::int64_t row, string& buffer) const {
  if (array_->IsNull(row)) return {};
  return read_(*array_, row, buffer);
}

}  // namespace mizan::dataset
