#include "mizan/http/idempotent_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "mizan/app/service.h"
#include "mizan/app/upkeep/idempotency.h"
#include "mizan/http/handler.h"

namespace mizan::http {
namespace {

constexpr std::size_t kLongestKey = 255;
constexpr std::string_view kHeader = "idempotency-key";

std::string headers_text(const std::vector<Header>& headers) {
  boost::json::array list;
  for (const Header& header : headers) list.push_back({header.name, header.value});
  return boost::json::serialize(list);
}

Result<Response> replayed(app::KeptAnswer kept) {
  Response response{.status = kept.status, .body = std::move(kept.body)};
  MIZAN_TRY(const auto headers, parse_json(kept.headers, "kept headers"));
  for (const auto& header : headers.as_array())
    response.add(header.as_array()[0].as_string(), header.as_array()[1].as_string());
  response.set("Idempotency-Replayed", "true");
  return response;
}

app::IdempotentRequest request_of(const Call& call) {
  const Request& request = call.request;
  std::string text = std::string(method_name(request.method)) + " " + request.target + "\n";
  text += request.body;
  return app::idempotent_request(call.caller(), *request.header(kHeader), text);
}

}  // namespace

bool is_idempotent_call(const Route& route, const Call& call) {
  return route.method == Method::post && route.body == BodyMode::whole && call.signed_in &&
         call.request.header(kHeader).has_value();
}

Result<Response> run_idempotent(app::Service& service, const BlockingHandler& handler, Call& call) {
  const app::IdempotentRequest request = request_of(call);
  if (request.idempotency_key.empty() || request.idempotency_key.size() > kLongestKey)
    return fail(ErrorCode::invalid_argument, "a key has 1 to 255 characters", "Idempotency-Key");
  MIZAN_TRY(auto earlier, app::begin_idempotent(service, request));
  if (earlier) return replayed(*std::move(earlier));
  Result<Response> response = handler(call);
  const bool is_kept = response && response->status < 300 && !response->source && !response->events;
  const auto noted =
      is_kept ? app::finish_idempotent(service, request,
                                       {response->status, headers_text(response->headers), response->body})
              : app::forget_idempotent(service, request);
  if (!noted) return fail(noted.error());
  return response;
}

}  // namespace mizan::http
