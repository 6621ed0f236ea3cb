// Trees of options. Of this folder only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/domain/template/question.h"

namespace mizan::domain {

/// The values of all levels, a parent before its children.
[[nodiscard]] std::vector<std::string> all_values(const std::vector<Option>& options);
/// The values that may be an answer: leaves, or all with any_level; in the order of the template.
[[nodiscard]] std::vector<std::string> answer_values(const std::vector<Option>& options, bool any_level);
/// Is `value` the option `top`, or somewhere below it?
[[nodiscard]] bool is_at_or_below(const std::vector<Option>& options, std::string_view top,
                                  std::string_view value);
/// The place of a value among answer_values, or nothing.
[[nodiscard]] std::optional<std::size_t> place_of(const std::vector<std::string>& values,
                                                  std::string_view value);

}  // namespace mizan::domain
