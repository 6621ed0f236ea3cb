// A named SQL statement. The name appears in logs, error messages and plan tests, and is the key of each
// connection's cache of prepared statements, so it is unique in the program; the text is a constant beside
// the function that uses it.
#pragma once

#include <cstdint>
#include <string_view>

namespace mizan::store {

enum class Dialect : std::uint8_t { sqlite, postgres };

/// One statement with parameters $1…$n. One text serves both databases; `postgres_text` is given only where
/// it must differ. Both texts are expanded by the macros of dialect.h when they are prepared.
struct Query {
  std::string_view name;
  std::string_view text;
  std::string_view postgres_text{};

  [[nodiscard]] constexpr std::string_view text_for(Dialect dialect) const {
    return dialect == Dialect::postgres && !postgres_text.empty() ? postgres_text : text;
  }
};

}  // namespace mizan::store
