#include "mizan/domain/template/options.h"

#include <algorithm>

namespace mizan::domain {

namespace {

void collect(const std::vector<Option>& options, bool with_parents, std::vector<std::string>& out) {
  for (const Option& option : options) {
    if (with_parents || option.options.empty()) out.push_back(option.value);
    collect(option.options, with_parents, out);
  }
}

}  // namespace

std::vector<std::string> all_values(const std::vector<Option>& options) {
  return answer_values(options, true);
}

std::vector<std::string> answer_values(const std::vector<Option>& options, bool any_level) {
  std::vector<std::string> out;
  collect(options, any_level, out);
  return out;
}

bool is_at_or_below(const std::vector<Option>& options, std::string_view top, std::string_view value) {
  for (const Option& option : options) {
    if (option.value == top) {
      const auto below = all_values(option.options);
      return value == top || std::find(below.begin(), below.end(), value) != below.end();
    }
    if (is_at_or_below(option.options, top, value)) return true;
  }
  return false;
}

std::optional<std::size_t> place_of(const std::vector<std::string>& values, std::string_view value) {
  const auto found = std::find(values.begin(), values.end(), value);
  if (found == values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - values.begin());
}

}  // namespace mizan::domain
