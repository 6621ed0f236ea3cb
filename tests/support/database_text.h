// What a database holds, as text: for tests that something is not in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/store/database.h"

namespace mizan::test {

/// The columns of every row of a table, one row a line.
[[nodiscard]] std::string text_of_columns(store::Database& database, std::string_view table,
                                          const std::vector<std::string_view>& columns);

/// The bytes of an embedded database's file and of its write-ahead log.
[[nodiscard]] std::string bytes_of_file(const std::string& path);

}  // namespace mizan::test
