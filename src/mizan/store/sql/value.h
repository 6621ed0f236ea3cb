// Values that travel into a statement as its parameters. A Value is a view: what it points at must live until
// the call that takes it returns. It knows its type even when it is null, so that a database can prepare a
// statement by its first call.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/id.h"

namespace mizan::store {

using Blob = std::vector<std::byte>;
using BlobView = std::span<const std::byte>;

struct Value {
  enum class Kind : std::uint8_t { integer, real, text, blob };

  Kind kind = Kind::integer;
  bool is_null = true;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view bytes{};  ///< of a text or a blob
};

/// The parameters of one call, $1 first.
using Params = std::span<const Value>;

template <std::integral T>
[[nodiscard]] Value to_value(T integer) {
  static_assert(sizeof(T) < 8 || std::signed_integral<T>, "an unsigned 64-bit number does not fit a column");
  return {.kind = Value::Kind::integer, .is_null = false, .integer = static_cast<std::int64_t>(integer)};
}

[[nodiscard]] inline Value to_value(double real) {
  return {.kind = Value::Kind::real, .is_null = false, .real = real};
}

[[nodiscard]] inline Value to_value(std::string_view text) {
  return {.kind = Value::Kind::text, .is_null = false, .bytes = text};
}

[[nodiscard]] inline Value to_value(const std::string& text) {
  return to_value(std::string_view(text));
}

[[nodiscard]] inline Value to_value(const char* text) {
  return to_value(std::string_view(text));
}

[[nodiscard]] inline Value to_value(BlobView blob) {
  const auto* begin = reinterpret_cast<const char*>(blob.data());
  return {.kind = Value::Kind::blob, .is_null = false, .bytes = {begin, blob.size()}};
}

[[nodiscard]] inline Value to_value(const Blob& blob) {
  return to_value(BlobView(blob));
}

template <class Tag>
[[nodiscard]] Value to_value(Id<Tag> id) {
  return to_value(id.value);
}

[[nodiscard]] inline Value to_value(Instant at) {
  return to_value(at.us);
}

[[nodiscard]] inline Value to_value(Duration span) {
  return to_value(span.us);
}

/// Nothing is NULL, of the column type that T would have had.
template <class T>
[[nodiscard]] Value to_value(const std::optional<T>& maybe) {
  if (maybe) return to_value(*maybe);
  return {.kind = to_value(T{}).kind};
}

}  // namespace mizan::store
