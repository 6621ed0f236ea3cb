// A labelling configuration as a tree of elements and attributes, read by Expat. Text between elements is
// passed over; document types are refused, so there is nothing to expand or to fetch.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::domain {

struct XmlElement {
  std::string name{};
  std::vector<std::pair<std::string, std::string>> attributes{};  ///< entities replaced, in the order written
  std::vector<XmlElement> children{};
  std::size_t line = 1;

  /// The value of that attribute, or nullptr.
  [[nodiscard]] const std::string* attribute(std::string_view wanted) const;
};

inline constexpr std::size_t kMaxXmlBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxXmlDepth = 64;

/// The root element.
/// @errors malformed_template: `where` is the line
/// @cost   O(bytes)
[[nodiscard]] Result<XmlElement> parse_xml(std::string_view text);

}  // namespace mizan::domain
