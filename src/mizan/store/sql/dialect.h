// What differs between the texts that the two databases take, where macros can bridge it.
//
//   @int @real @text @blob      column types; text sorts by bytes on both
//   ) @table;                   an ordinary table          SQLite: STRICT
//   ) @clustered;               kept in its key's order    SQLite: STRICT, WITHOUT ROWID
//   id IN @integers($1)         a list as one parameter: JSON text, see integer_list. PostgreSQL: = ANY of an
//   array,
//                               so that its planner looks each up by the index; a subquery it may join by
//                               reading all
//   @for_update                 locks the rows that a SELECT finds (SQLite: nothing, there is one writer)
//   @skip_locked                as @for_update, passing over rows that others hold
//   @sqlite … / @postgres …     at the start of a line: the line is for that database only
//   $1 … $n                     parameters (SQLite: ?1 … ?n)
// Nothing is expanded inside quotes or comments.
#pragma once

#include <ranges>
#include <string>
#include <string_view>

#include "mizan/base/id.h"
#include "mizan/store/sql/query.h"

namespace mizan::store {

[[nodiscard]] std::string expand_macros(std::string_view text, Dialect dialect);

namespace detail {
inline std::int64_t list_value(std::int64_t value) {
  return value;
}
template <class Tag>
std::int64_t list_value(Id<Tag> id) {
  return id.value;
}
}  // namespace detail

/// The parameter of @integers: "[1,2,3]" of numbers or ids.
template <std::ranges::range Range>
[[nodiscard]] std::string integer_list(const Range& values) {
  std::string text = "[";
  for (const auto& value : values) {
    if (text.size() > 1) text += ',';
    text += std::to_string(detail::list_value(value));
  }
  return text += ']';
}

}  // namespace mizan::store
