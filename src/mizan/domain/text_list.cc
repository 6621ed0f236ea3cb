#include "mizan/domain/text_list.h"

#include <boost/json.hpp>

#include "mizan/base/assert.h"

namespace mizan::domain {

namespace json = boost::json;

std::string text_list_json(std::span<const std::string> texts) {
  return json::serialize(json::array(texts.begin(), texts.end()));
}

std::vector<std::string> text_list(std::string_view text) {
  json::error_code failed;
  const json::value document = json::parse(text, failed);
  MIZAN_ASSERT(!failed && document.is_array());
  std::vector<std::string> texts;
  texts.reserve(document.as_array().size());
  for (const json::value& each : document.as_array()) {
    MIZAN_ASSERT(each.is_string());
    texts.emplace_back(each.as_string());
  }
  return texts;
}

}  // namespace mizan::domain
