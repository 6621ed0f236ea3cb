#include "mizan/http/body_fields.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

namespace mizan::http {
namespace {

namespace json = boost::json;

bool is_storable(std::string_view text) {
  return text.find('\0') == std::string_view::npos;
}

}  // namespace

tl::unexpected<Error> BodyFields::refuse(std::string_view name, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), "/" + std::string(name));
}

const json::value* BodyFields::maybe_value(std::string_view name) {
  read_.push_back(name);
  const json::value* found = body_.if_contains(name);
  return found != nullptr && !found->is_null() ? found : nullptr;
}

Result<std::string> BodyFields::text(std::string_view name) {
  MIZAN_TRY(auto found, maybe_text(name));
  if (!found) return refuse(name, "is missing");
  return *std::move(found);
}

Result<std::optional<std::string>> BodyFields::maybe_text(std::string_view name) {
  const json::value* found = maybe_value(name);
  if (found == nullptr) return std::optional<std::string>();
  if (!found->is_string()) return refuse(name, "must be a text");
  if (!is_storable(found->as_string())) return refuse(name, "must not contain the character U+0000");
  return std::optional<std::string>(found->as_string());
}

Result<std::optional<std::int64_t>> BodyFields::maybe_integer(std::string_view name) {
  const json::value* found = maybe_value(name);
  if (found == nullptr) return std::optional<std::int64_t>();
  json::error_code inexact;
  const auto number = found->is_number() ? found->to_number<std::int64_t>(inexact) : 0;
  if (!found->is_number() || inexact) return refuse(name, "must be a whole number");
  return std::optional(number);
}

Result<std::optional<bool>> BodyFields::maybe_flag(std::string_view name) {
  const json::value* found = maybe_value(name);
  if (found == nullptr) return std::optional<bool>();
  if (!found->is_bool()) return refuse(name, "must be true or false");
  return std::optional(found->as_bool());
}

Result<std::optional<std::vector<std::string>>> BodyFields::maybe_texts(std::string_view name) {
  const json::value* found = maybe_value(name);
  if (found == nullptr) return std::optional<std::vector<std::string>>();
  if (!found->is_array()) return refuse(name, "must be a list of texts");
  std::vector<std::string> texts;
  for (const json::value& each : found->as_array()) {
    if (!each.is_string() || !is_storable(each.as_string())) return refuse(name, "must be a list of texts");
    texts.emplace_back(each.as_string());
  }
  return std::optional(std::move(texts));
}

Result<const json::object*> BodyFields::maybe_object(std::string_view name) {
  const json::value* found = maybe_value(name);
  if (found == nullptr) return nullptr;
  if (!found->is_object()) return refuse(name, "must be an object");
  return &found->as_object();
}

Result<void> BodyFields::nothing_else() const {
  for (const auto& member : body_) {
    const std::string_view key = member.key();
    if (std::find(read_.begin(), read_.end(), key) == read_.end()) {
      return refuse(key.substr(0, 100), "is not a member of this body");
    }
  }
  return {};
}

}  // namespace mizan::http
