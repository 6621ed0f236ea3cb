// What handlers are written with: reading ids, query and JSON from a call, and making answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "mizan/base/id.h"
#include "mizan/base/result.h"
#include "mizan/http/router.h"

namespace mizan::http {

/// Bounds on a JSON body beside its size in bytes.
struct JsonLimits {
  std::size_t max_depth = 64;
};

/// The body as JSON.
/// @errors unsupported_media_type: Content-Type is there and is not JSON; malformed_json: with line and
/// column
[[nodiscard]] Result<boost::json::value> json_body(const Request& request, JsonLimits limits = {});
/// The body as a JSON object; a body that is empty or no object is malformed_json.
[[nodiscard]] Result<boost::json::object> json_object_body(const Request& request, JsonLimits limits = {});
/// Text as JSON, with the same bounds; `where` names it in errors.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text, std::string_view where,
                                                    JsonLimits limits = {});

/// The id in the path parameter of that name. A malformed id is not_found: there is no such thing.
template <class IdType>
[[nodiscard]] Result<IdType> path_id(const Call& call, std::string_view name) {
  auto id = parse_id<IdType>(call.parameter(name));
  if (!id)
    return fail(ErrorCode::not_found, "there is no " + std::string(name) + " like this", std::string(name));
  return *std::move(id);
}

/// The id in the query parameter of that name, or nothing when it is absent.
/// @errors invalid_argument: it is there and no id of that kind
template <class IdType>
[[nodiscard]] Result<std::optional<IdType>> query_id(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<IdType>();
  auto id = parse_id<IdType>(*text);
  if (!id) return fail(ErrorCode::invalid_argument, "this is no id of that kind", std::string(name));
  return std::optional<IdType>(*std::move(id));
}

/// A whole number of the query, or nothing when it is absent.
/// @errors invalid_argument: no number, or not in [low, high]
struct IntegerRange {
  std::int64_t low, high;
};
[[nodiscard]] Result<std::optional<std::int64_t>> query_integer(const Request& request, std::string_view name,
                                                                IntegerRange range);
/// true or false of the query; absent = false.
[[nodiscard]] Result<bool> query_flag(const Request& request, std::string_view name);
/// Refuses parameters that are not named: a misspelt filter must not be ignored silently.
[[nodiscard]] Result<void> only_query(const Request& request, std::initializer_list<std::string_view> names);

/// ?after=&limit= of a list.
struct PageQuery {
  std::optional<std::string> after{};  ///< the cursor of the page before
  std::size_t limit = 100;             ///< 1 … 1000
};
[[nodiscard]] Result<PageQuery> page_query(const Request& request);

/// If-Match as a row version. @errors precondition_required: absent; precondition_failed: no version of ours
[[nodiscard]] Result<std::int64_t> if_match(const Request& request);
/// "\"7\"", the ETag of a row version.
[[nodiscard]] std::string etag(std::int64_t version);

[[nodiscard]] Response json_response(const boost::json::value& body, int status = 200);
/// 200 with a JSON text that is already serialised.
[[nodiscard]] Response json_text_response(std::string body, int status = 200);
/// 201 with Location.
[[nodiscard]] Response created(std::string_view location, const boost::json::value& body);
[[nodiscard]] Response no_content();
/// {"data":[…],"next":"…"|null}.
[[nodiscard]] Response page_response(boost::json::array data, const std::optional<std::string>& next);

/// The one place where an Error becomes an HTTP answer (RFC 9457). For direct handlers; blocking ones return
/// it.
[[nodiscard]] Response problem(const Error& error, std::string_view request_id);

}  // namespace mizan::http
