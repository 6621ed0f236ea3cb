// A list of short texts as a column holds it: languages, teams, granted members. One JSON array.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mizan::domain {

/// ["ar","en"]
[[nodiscard]] std::string text_list_json(std::span<const std::string> texts);
/// What text_list_json wrote. A column that holds anything else is a mistake in the program and stops it.
[[nodiscard]] std::vector<std::string> text_list(std::string_view json);

}  // namespace mizan::domain
