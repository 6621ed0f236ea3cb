#include "mizan/store/postgres/postgres_row.h"

#include <charconv>

#include <libpq-fe.h>

#include "mizan/base/assert.h"

namespace mizan::store {
namespace {

template <class Number>
Number parse(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  MIZAN_ASSERT(problem == std::errc{} && end == text.data() + text.size());
  return number;
}

unsigned hex_digit(char c) {
  return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

}  // namespace

bool PostgresRow::is_null(int column) const {
  MIZAN_ASSERT(column >= 0 && column < PQnfields(result_));
  return PQgetisnull(result_, row_, column) != 0;
}

std::string_view PostgresRow::text(int column) const {
  if (is_null(column)) return {};
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t PostgresRow::integer(int column) const {
  const std::string_view value = text(column);
  if (value.empty()) return 0;
  if (value == "t") return 1;
  if (value == "f") return 0;
  return parse<std::int64_t>(value);
}

double PostgresRow::real(int column) const {
  const std::string_view value = text(column);
  return value.empty() ? 0.0 : parse<double>(value);
}

BlobView PostgresRow::blob(int column) const {
  const std::string_view value = text(column);
  if (value.empty()) return {};
  MIZAN_ASSERT(value.starts_with("\\x"));
  Blob& bytes = blobs_.emplace_back((value.size() - 2) / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(hex_digit(value[2 + 2 * i]) << 4 | hex_digit(value[3 + 2 * i]));
  }
  return bytes;
}

}  // namespace mizan::store
