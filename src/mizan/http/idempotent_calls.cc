#include "mizan/http/idempotent_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/service.h"
#include "mizan/app/upkeep/idempotency.h"
#include "mizan/http/cookies.h"
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

// Of a secret answer nothing is kept but that it was given, and where what it made can be found.
std::vector<Header> place_alone(const std::vector<Header>& headers) {
  std::vector<Header> kept;
  for (const Header& header : headers)
    if (header.name == "Location") kept.push_back(header);
  return kept;
}

app::KeptAnswer kept_answer(const Route& route, const Response& response) {
  if (route.secrecy == Secrecy::open) return {response.status, headers_text(response.headers), response.body};
  return {response.status, headers_text(place_alone(response.headers)), {}};
}

Result<Response> replayed_secret(app::KeptAnswer kept) {
  MIZAN_TRY(auto response, replayed(std::move(kept)));
  if (response.status == 204) return response;
  std::string place;
  for (const Header& header : response.headers)
    if (header.name == "Location") place = header.value;
  return fail(ErrorCode::idempotency_key_reused,
              "the first request with this key was done; its answer held a secret and was not kept",
              std::move(place), "if the secret did not arrive, revoke or renew it with a new key");
}

// The digest that tells a retry from another request. On a secret route the body may hold a password: there
// the caller's own credential, which the database does not know either, goes into the digest, so that nobody
// who has the database can try passwords against it.
app::IdempotentRequest request_of(const Route& route, const Call& call) {
  const Request& request = call.request;
  std::string text;
  if (route.secrecy == Secrecy::secret)
    text.append(request.header("authorization").value_or(""))
        .append("\n")
        .append(find_cookie(request, app::kSessionCookie).value_or(""))
        .append("\n");
  text.append(method_name(request.method)).append(" ").append(request.target).append("\n");
  text += request.body;
  return app::idempotent_request(call.caller(), *request.header(kHeader), text);
}

}  // namespace

bool is_idempotent_call(const Route& route, const Call& call) {
  return route.method == Method::post && route.body == BodyMode::whole && call.signed_in &&
         call.request.header(kHeader).has_value();
}

Result<Response> run_idempotent(app::Service& service, const Route& route, Call& call) {
  const app::IdempotentRequest request = request_of(route, call);
  if (request.idempotency_key.empty() || request.idempotency_key.size() > kLongestKey)
    return fail(ErrorCode::invalid_argument, "a key has 1 to 255 characters", "Idempotency-Key");
  MIZAN_TRY(auto earlier, app::begin_idempotent(service, request));
  if (earlier)
    return route.secrecy == Secrecy::open ? replayed(*std::move(earlier))
                                          : replayed_secret(*std::move(earlier));
  Result<Response> response = std::get<BlockingHandler>(route.handler)(call);
  const bool is_kept = response && response->status < 300 && !response->source && !response->events;
  const auto noted = is_kept ? app::finish_idempotent(service, request, kept_answer(route, *response))
                             : app::forget_idempotent(service, request);
  if (!noted) return fail(noted.error());
  return response;
}

}  // namespace mizan::http
