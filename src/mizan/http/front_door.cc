#include "mizan/http/front_door.h"

#include <algorithm>
#include <array>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/service.h"
#include "mizan/http/cookies.h"
#include "mizan/http/handler.h"
#include "mizan/http/idempotent_calls.h"
#include "mizan/http/problem.h"
#include "mizan/http/web/web_app.h"

namespace mizan::http {
namespace {

constexpr std::size_t kMostRateKeys = 200'000;

app::Credentials credentials_of(const Request& request) {
  app::Credentials credentials;
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view authorization = request.header("authorization").value_or("");
  if (authorization.size() > kBearer.size() &&
      std::equal(kBearer.begin(), kBearer.end(), authorization.begin(),
                 [](char a, char b) { return (a | 0x20) == (b | 0x20); }))
    credentials.api_key = authorization.substr(kBearer.size());
  credentials.session_token = find_cookie(request, app::kSessionCookie).value_or("");
  credentials.address = request.peer_address;
  credentials.agent = request.header("user-agent").value_or("");
  credentials.request_id = request.request_id;
  return credentials;
}

// One household, not one address, of IPv6.
std::string_view rate_key(std::string_view address) {
  if (address.find(':') == std::string_view::npos) return address;
  std::size_t end = 0;
  for (int group = 0; group < 4 && end != std::string_view::npos; ++group)
    end = address.find(':', group == 0 ? 0 : end + 1);
  return address.substr(0, end);
}

// What the action is done to, as far as the path says.
Result<rules::Scope> scope_of(const Call& call, rules::Action action) {
  switch (rules::permission(action).place) {
    case rules::ActionPlace::project: {
      MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
      return rules::at(project);
    }
    case rules::ActionPlace::supplier: {
      MIZAN_TRY(const auto supplier, path_id<domain::SupplierId>(call, "supplier_id"));
      return rules::at(supplier);
    }
    default:
      return rules::kOrganisation;
  }
}

std::string allow_text(const std::vector<Method>& methods) {
  std::string text;
  for (const Method method : methods) text.append(text.empty() ? "" : ", ").append(method_name(method));
  return text;
}

std::string last_element(std::string_view list) {
  const std::size_t comma = list.rfind(',');
  std::string_view last = comma == std::string_view::npos ? list : list.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  while (last.ends_with(' ')) last.remove_suffix(1);
  return std::string(last);
}

tl::unexpected<Error> too_fast() {
  return fail(ErrorCode::rate_limited, "too many requests in a short time", {},
              "wait as long as Retry-After says");
}

bool needs_sign_in(rules::Action action) {
  return rules::permission(action).place != rules::ActionPlace::nobody;
}

}  // namespace

struct FrontDoor::State {
  State(const FrontDoorParts& parts, const FrontDoorOptions& options_)
      : service(parts.service),
        router(parts.router),
        metrics(parts.metrics),
        log(parts.log),
        options(options_),
        callers(options_.per_caller, kMostRateKeys),
        addresses(options_.per_address, kMostRateKeys) {}

  app::Service& service;
  const Router& router;
  Metrics& metrics;
  Log& log;
  const FrontDoorOptions options;
  RateLimiter callers, addresses;

  Plan plan(const Request& head);
  [[nodiscard]] Plan unrouted(const Request& head, const RouteMatch& match) const;
  void pass(const Route& route, const std::shared_ptr<Call>& call, const Responder& respond);
  Result<void> admit(const Route& route, Call& call, RateVerdict& rate);
  Result<void> authenticate(Call& call, RateVerdict& rate);
  void run(const Route& route, const std::shared_ptr<Call>& call, const Responder& respond);
  Response refused(const Error& error, std::string_view request_id);
  void take_forwarded(Request& request) const;
  void note(const Served& served);
};

Plan FrontDoor::State::unrouted(const Request& head, const RouteMatch& match) const {
  Plan plan;
  const std::string allow = allow_text(match.allowed);
  if (match.allowed.empty()) {
    plan.operation = "web";
    plan.refusal = web_answer(head, options.web_policy);
    if (plan.refusal) return plan;
    plan.operation = {};
    plan.refusal = problem({ErrorCode::not_found, "there is nothing at " + head.path(), {}, "see /api/docs"},
                           head.request_id);
  } else if (head.method == Method::options) {
    plan.refusal = Response{.status = 204};
    plan.refusal->set("Allow", allow);
  } else {
    plan.refusal = problem({ErrorCode::method_not_allowed, "this address takes " + allow}, head.request_id);
    plan.refusal->set("Allow", allow);
  }
  return plan;
}

Plan FrontDoor::State::plan(const Request& head) {
  RouteMatch match = router.find(head.method, head.segments);
  if (match.route == nullptr) return unrouted(head, match);
  const Route& route = *match.route;
  auto call = std::make_shared<Call>();
  call->path_parameters = std::move(match.path_parameters);
  // A known caller's direct handler runs right here; an unknown caller is looked up on the pool first.
  const bool is_direct = std::holds_alternative<DirectHandler>(route.handler);
  if (needs_sign_in(route.action)) call->signed_in = app::known_caller(service, credentials_of(head));
  const bool is_known = call->signed_in || !needs_sign_in(route.action);
  Plan plan;
  plan.operation = route.operation;
  plan.body_limit_bytes = route.body_limit_bytes;
  plan.run_on = route.body == BodyMode::streamed ? RunOn::upload
                : is_direct && is_known          ? RunOn::event_loop
                                                 : RunOn::pool;
  plan.handler = [this, &route, call = std::move(call)](Request request, const Responder& respond) {
    call->request = std::move(request);
    pass(route, call, respond);
  };
  return plan;
}

void FrontDoor::State::take_forwarded(Request& request) const {
  if (!options.trusts_proxy) return;
  if (const auto address = request.header("x-forwarded-for")) request.peer_address = last_element(*address);
  if (const auto scheme = request.header("x-forwarded-proto"))
    request.is_secure = last_element(*scheme) == "https";
}

void FrontDoor::State::pass(const Route& route, const std::shared_ptr<Call>& call, const Responder& respond) {
  take_forwarded(call->request);
  RateVerdict rate;
  const auto admitted = admit(route, *call, rate);
  if (admitted) {
    run(route, call, respond);
    return;
  }
  Response response = refused(admitted.error(), call->request.request_id);
  if (!rate.is_allowed) {
    response.set("Retry-After", std::to_string(rate.retry_after_s));
    response.set("RateLimit-Remaining", "0");
  }
  respond(std::move(response));
}

// The checks, in this order: rate of the address, credentials, rate of the caller, CSRF token, permission.
// @out rate  the verdict that refused the call, if it was too fast
Result<void> FrontDoor::State::admit(const Route& route, Call& call, RateVerdict& rate) {
  const Instant now = service.now();
  if (!needs_sign_in(route.action)) {
    if (rules::permission(route.action).effect == rules::ActionEffect::reads) return {};
    rate = addresses.take(rate_key(call.request.peer_address), now);
    if (!rate.is_allowed) return too_fast();
    return {};
  }
  MIZAN_CHECK_OK(authenticate(call, rate));
  const app::Caller& caller = call.caller();
  rate = callers.take(caller.api_key ? to_text(*caller.api_key) : to_text(caller.account), now);
  if (!rate.is_allowed) return too_fast();
  if (!is_safe(call.request.method))
    MIZAN_CHECK_OK(app::check_csrf(caller, call.request.header("x-csrf-token").value_or("")));
  MIZAN_TRY(const rules::Scope scope, scope_of(call, route.action));
  auto grant = app::authorize(caller, route.action, scope);
  if (!grant) return fail(std::move(grant).error());
  return {};
}

Result<void> FrontDoor::State::authenticate(Call& call, RateVerdict& rate) {
  if (call.signed_in) return {};
  auto caller = app::authenticate(service, credentials_of(call.request));
  if (caller) {
    call.signed_in = *std::move(caller);
    return {};
  }
  rate = addresses.take(rate_key(call.request.peer_address), service.now());
  if (!rate.is_allowed) return too_fast();
  return fail(std::move(caller).error());
}

void FrontDoor::State::run(const Route& route, const std::shared_ptr<Call>& call, const Responder& respond) {
  if (const auto* direct = std::get_if<DirectHandler>(&route.handler)) {
    (*direct)(call, respond);
    return;
  }
  const auto& handler = std::get<BlockingHandler>(route.handler);
  Result<Response> response =
      is_idempotent_call(route, *call) ? run_idempotent(service, route, *call) : handler(*call);
  respond(response ? *std::move(response) : refused(response.error(), call->request.request_id));
}

Response FrontDoor::State::refused(const Error& error, std::string_view request_id) {
  // What is shed is counted (see metrics): a line each would make the overload worse.
  if (status_of(error.code) >= 500 && error.code != ErrorCode::overloaded)
    log.error("request_failed", error, request_id);
  return problem(error, request_id);
}

void FrontDoor::State::note(const Served& served) {
  metrics.count_request(served);
  if (!log.takes(LogLevel::info)) return;
  LogFields fields{{"request_id", served.request_id},
                   {"method", method_name(served.method)},
                   {"operation", served.operation},
                   {"status", static_cast<std::int64_t>(served.status)},
                   {"duration_us", served.duration.count() / 1000},
                   {"sent_bytes", static_cast<std::int64_t>(served.sent_bytes)},
                   {"address", served.peer_address}};
  log.write(served.status >= 500 ? LogLevel::warning : LogLevel::info, "request", fields);
}

FrontDoor::FrontDoor(const FrontDoorParts& parts, const FrontDoorOptions& options)
    : state_(std::make_unique<State>(parts, options)) {}
FrontDoor::~FrontDoor() = default;

Application FrontDoor::application() {
  State* state = state_.get();
  Application application;
  application.plan = [state](const Request& head) { return state->plan(head); };
  application.problem = [state](int, const Error& error, std::string_view request_id) {
    return state->refused(error, request_id);
  };
  application.served = [state](const Served& served) { state->note(served); };
  application.standing_headers = {{"X-Content-Type-Options", "nosniff"},
                                  {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
                                  {"Referrer-Policy", "no-referrer"},
                                  {"Cross-Origin-Resource-Policy", "same-origin"},
                                  {"Cache-Control", "no-store"}};
  if (state->options.has_tls)
    application.standing_headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
  return application;
}

}  // namespace mizan::http
