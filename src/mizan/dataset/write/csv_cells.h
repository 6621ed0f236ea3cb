// How a cell looks in CSV (RFC 4180), the same wherever we write some. Of this folder only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mizan::dataset {

/// Quoted where it must be; outer blanks are quoted too: some readers would trim them.
void append_csv_text(std::string& out, std::string_view text);
/// The shortest form that reads back to the same double.
void append_shortest(std::string& out, double number);
void append_whole(std::string& out, std::int64_t number);

}  // namespace mizan::dataset
