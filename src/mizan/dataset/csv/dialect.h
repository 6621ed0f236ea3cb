// How one delimited text is written: found by looking at its first lines.
#pragma once

#include <cstddef>
#include <string_view>

namespace mizan::csv {

struct Dialect {
  char delimiter = ',';
  char newline = '\n';  ///< the byte that ends a line; a carriage return before a line feed is cut off
};

/// The delimiter (comma, tab, semicolon or vertical bar) that cuts the most of the first lines into the same
/// number (two or more) of fields as the header; comma, if none does. Line ends are '\r' only where a text
/// has no line feed at all.
[[nodiscard]] Dialect detect_dialect(std::string_view head);
/// The line ends alone, for a delimiter that is known.
[[nodiscard]] char detect_newline(std::string_view head);

}  // namespace mizan::csv
