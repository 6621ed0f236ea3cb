// Error → RFC 9457 problem details: the one place that knows which code has which status.
#include "mizan/http/problem.h"

#include <algorithm>
#include <string>

#include <boost/json/serialize.hpp>

#include "mizan/http/handler.h"
#include "mizan/http/server/request_target.h"

namespace mizan::http {

namespace {

// A message may quote bytes of a request; JSON is UTF-8 whatever they were.
std::string utf8_of(std::string text) {
  if (!is_utf8(text))
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return text;
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_authenticated:
      return 401;
    case ErrorCode::forbidden:
    case ErrorCode::csrf_token_wrong:
    case ErrorCode::not_eligible:
      return 403;
    case ErrorCode::not_found:
    case ErrorCode::file_not_found:
      return 404;
    case ErrorCode::method_not_allowed:
      return 405;
    case ErrorCode::request_timeout:
      return 408;
    case ErrorCode::conflict:
    case ErrorCode::illegal_transition:
    case ErrorCode::idempotency_key_reused:
    case ErrorCode::assignment_not_live:
      return 409;
    case ErrorCode::link_expired:
      return 410;
    case ErrorCode::precondition_failed:
      return 412;
    case ErrorCode::body_too_large:
      return 413;
    case ErrorCode::unsupported_media_type:
    case ErrorCode::unsupported_format:
      return 415;
    case ErrorCode::precondition_required:
      return 428;
    case ErrorCode::rate_limited:
      return 429;
    case ErrorCode::headers_too_large:
      return 431;
    case ErrorCode::malformed_request:
    case ErrorCode::malformed_json:
    case ErrorCode::not_utf8:
    case ErrorCode::malformed_compression:
    case ErrorCode::malformed_csv:
    case ErrorCode::malformed_parquet:
    case ErrorCode::malformed_id:
    case ErrorCode::bad_number:
    case ErrorCode::invalid_argument:
      return 400;
    case ErrorCode::overloaded:
    case ErrorCode::database_unavailable:
    case ErrorCode::schema_too_old:
    case ErrorCode::schema_too_new:
    case ErrorCode::serialisation_failure:
    case ErrorCode::cancelled:
      return 503;
    case ErrorCode::database_full:
      return 507;
    case ErrorCode::database_corrupt:
    case ErrorCode::file_unreadable:
    case ErrorCode::file_unwritable:
    case ErrorCode::internal:
      return 500;
    default:
      return 422;  // understood, but it makes no sense
  }
}

Response problem(const Error& error, std::string_view request_id) {
  const int status = status_of(error.code);
  boost::json::object details;
  details["type"] = "/docs/errors#" + std::string(error_name(error.code));
  details["title"] = error_meaning(error.code);
  details["status"] = status;
  details["code"] = error_name(error.code);
  // What went wrong inside is for the log, not for a client.
  const bool is_ours = status == 500;
  details["detail"] =
      is_ours ? "something went wrong in the server; its log has the request id" : utf8_of(error.message);
  if (!error.where.empty() && !is_ours) details["where"] = utf8_of(error.where);
  if (!error.hint.empty() && !is_ours) details["hint"] = utf8_of(error.hint);
  if (!request_id.empty()) details["request_id"] = request_id;
  Response response{.status = status, .body = boost::json::serialize(details)};
  response.add("Content-Type", "application/problem+json");
  if (status == 503 || status == 429) response.add("Retry-After", "1");
  if (status == 401) response.add("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace mizan::http
