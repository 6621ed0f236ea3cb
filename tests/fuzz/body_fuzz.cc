// Bodies of requests: any bytes as a JSON body, read member by member as handlers do. What is accepted holds
// its promises: no text with U+0000, ids that write back as they were, problem details that are JSON
// themselves.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "mizan/base/assert.h"
#include "mizan/domain/ids.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/handler.h"

namespace {

using namespace mizan;  // NOLINT(google-build-using-namespace)

// Every error becomes an answer whose body is JSON with the code, whatever bytes its message quotes.
void check_error(const Error& error) {
  MIZAN_ASSERT(error.code == ErrorCode::malformed_json || error.code == ErrorCode::invalid_argument ||
               error.code == ErrorCode::unsupported_media_type);
  const http::Response response = http::problem(error, "r");
  MIZAN_ASSERT(response.status == 400 || response.status == 415);
  boost::json::error_code broken;
  const auto details = boost::json::parse(response.body, broken);
  MIZAN_ASSERT(!broken && details.at("code").as_string() == error_name(error.code));
}

template <class T>
void check(const Result<T>& read) {
  if (!read) check_error(read.error());
}

void check_texts(http::BodyFields& fields, std::string_view name) {
  const auto text = fields.maybe_text(name);
  check(text);
  if (text && *text) MIZAN_ASSERT((*text)->find('\0') == std::string::npos);
  const auto texts = fields.maybe_texts(name);
  check(texts);
  if (texts && *texts)
    for (const std::string& each : **texts) MIZAN_ASSERT(each.find('\0') == std::string::npos);
}

void check_member(http::BodyFields& fields, std::string_view name) {
  check_texts(fields, name);
  check(fields.text(name));
  check(fields.maybe_integer(name));
  check(fields.maybe_flag(name));
  check(fields.maybe_object(name));
  check(fields.ids<domain::TaskId>(name));
  const auto id = fields.maybe_id<domain::ProjectId>(name);
  check(id);
  if (id && *id) MIZAN_ASSERT(parse_id<domain::ProjectId>(to_text(**id)).value() == **id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  http::Request request;
  request.body.assign(reinterpret_cast<const char*>(data), size);
  if (size > 0 && data[0] % 8 == 0) request.headers.push_back({"Content-Type", request.body.substr(0, 40)});
  const auto value = http::json_body(request);
  check(value);
  if (value) {
    // What is written can be read again. (Numbers may move in the last place: Boost.JSON reads fast, not
    // exactly.)
    const auto again = http::parse_json(boost::json::serialize(*value), "again");
    MIZAN_ASSERT(again.has_value() && again->kind() == value->kind());
  }
  const auto object = http::json_object_body(request);
  check(object);
  if (!object) return 0;
  http::BodyFields fields(*object);
  for (const auto& member : *object) check_member(fields, member.key());
  check_member(fields, "name");
  MIZAN_ASSERT(fields.nothing_else().has_value());
  return 0;
}
