#include "mizan/http/handler.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <boost/json/array.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

namespace mizan::http {
namespace {

std::string_view media_type(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ') || content_type.ends_with('\t')) content_type.remove_suffix(1);
  return content_type;
}

bool is_json_type(std::string_view content_type) {
  std::string type(media_type(content_type));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

// "line 3, column 7" of a byte of the text.
std::string place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? before.size() + 1 : before.size() - start;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// A number such as 1e999 is read as infinity, which would be written as another number. No deeper than
// JsonLimits.
bool is_finite(const boost::json::value& value) {
  if (value.is_double()) return std::isfinite(value.get_double());
  if (value.is_array()) {
    const auto& array = value.get_array();
    return std::all_of(array.begin(), array.end(), is_finite);
  }
  if (!value.is_object()) return true;
  const auto& object = value.get_object();
  return std::all_of(object.begin(), object.end(),
                     [](const auto& member) { return is_finite(member.value()); });
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<boost::json::value> parse_json(std::string_view text, std::string_view where, JsonLimits limits) {
  boost::json::parse_options options;
  options.max_depth = limits.max_depth;
  boost::json::parser parser({}, options);
  boost::system::error_code error;
  const std::size_t used = parser.write(text.data(), text.size(), error);
  if (error)
    return fail(ErrorCode::malformed_json, place_of(text, used) + ": " + error.message(), std::string(where));
  boost::json::value value = parser.release();
  if (!is_finite(value))
    return fail(ErrorCode::malformed_json, "a number is too large for 64-bit floating point",
                std::string(where));
  return value;
}

Result<boost::json::value> json_body(const Request& request, JsonLimits limits) {
  const auto type = request.header("content-type");
  if (type && !is_json_type(*type))
    return fail(ErrorCode::unsupported_media_type, "the body must be JSON, not " + std::string(*type),
                "Content-Type", "send Content-Type: application/json");
  if (request.body.empty())
    return fail(ErrorCode::malformed_json, "the body is empty", "body", "send a JSON document");
  return parse_json(request.body, "body", limits);
}

Result<boost::json::object> json_object_body(const Request& request, JsonLimits limits) {
  MIZAN_TRY(boost::json::value value, json_body(request, limits));
  if (!value.is_object())
    return fail(ErrorCode::malformed_json, "the body is JSON, but no object", "body", "send {…}");
  return std::move(value.as_object());
}

Result<std::optional<std::int64_t>> query_integer(const Request& request, std::string_view name,
                                                  IntegerRange range) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<std::int64_t>();
  const auto value = integer_of(*text);
  if (!value || *value < range.low || *value > range.high)
    return fail(ErrorCode::invalid_argument,
                "'" + std::string(*text) + "' is no whole number from " + std::to_string(range.low) + " to " +
                    std::to_string(range.high),
                std::string(name));
  return value;
}

Result<bool> query_flag(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text || *text == "false") return false;
  if (*text == "true") return true;
  return fail(ErrorCode::invalid_argument, "'" + std::string(*text) + "' is neither true nor false",
              std::string(name));
}

Result<void> only_query(const Request& request, std::initializer_list<std::string_view> names) {
  for (const auto& [name, value] : request.query) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string known;
    for (const std::string_view each : names) known += (known.empty() ? "" : ", ") + std::string(each);
    return fail(ErrorCode::invalid_argument, "there is no query parameter '" + name + "' here", name,
                known.empty() ? "this address takes none" : "it takes: " + known);
  }
  return {};
}

Result<PageQuery> page_query(const Request& request) {
  constexpr IntegerRange kLimits{1, 1000};
  PageQuery page;
  MIZAN_TRY(const auto limit, query_integer(request, "limit", kLimits));
  if (limit) page.limit = static_cast<std::size_t>(*limit);
  if (const auto after = request.query_value("after")) page.after = std::string(*after);
  return page;
}

Result<std::int64_t> if_match(const Request& request) {
  const auto text = request.header("if-match");
  if (!text)
    return fail(ErrorCode::precondition_required, "an edit needs the version it starts from", "If-Match",
                "send the ETag of the last GET as If-Match");
  std::string_view tag = *text;
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  const bool is_quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
  const auto version = is_quoted ? integer_of(tag.substr(1, tag.size() - 2)) : std::nullopt;
  if (!version)
    return fail(ErrorCode::precondition_failed, std::string(*text) + " is no version that was given out",
                "If-Match", "read the resource again and send its ETag");
  return *version;
}

std::string etag(std::int64_t version) {
  return '"' + std::to_string(version) + '"';
}

Response json_text_response(std::string body, int status) {
  Response response{.status = status, .body = std::move(body)};
  response.add("Content-Type", "application/json");
  return response;
}

Response json_response(const boost::json::value& body, int status) {
  return json_text_response(boost::json::serialize(body), status);
}

Response created(std::string_view location, const boost::json::value& body) {
  Response response = json_response(body, 201);
  response.add("Location", location);
  return response;
}

Response no_content() {
  return Response{.status = 204};
}

Response page_response(boost::json::array data, const std::optional<std::string>& next) {
  boost::json::object page;
  page["data"] = std::move(data);
  page["next"] = next ? boost::json::value(*next) : boost::json::value(nullptr);
  return json_response(page);
}

}  // namespace mizan::http
