// Signing in and out: /api/v1/sessions.
#include <boost/json.hpp>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/cookies.h"
#include "mizan/http/resources/access/access_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

Result<Response> sign_in(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::SignIn command;
  MIZAN_TRY(command.email, fields.text("email"));
  MIZAN_TRY(command.password, fields.text("password"));
  MIZAN_TRY(const auto totp_code, fields.maybe_text("totp_code"));
  MIZAN_TRY(const auto recovery_code, fields.maybe_text("recovery_code"));
  MIZAN_CHECK_OK(fields.nothing_else());
  command.totp_code = totp_code.value_or("");
  command.recovery_code = recovery_code.value_or("");
  const app::SessionOrigin origin = origin_of(call);
  command.address = origin.address;
  command.agent = origin.agent;
  command.request_id = call.request.request_id;
  const auto signed_in = app::sign_in(service, command);
  if (!signed_in) return refused_sign_in(service, call, command.email, signed_in.error());
  return signed_in_response(call, *signed_in);
}

json::object session_json(const store::SessionRow& session, const app::Caller& caller) {
  return {{"session_id", to_text(session.session_id)},
          {"created_at", to_text(session.created_at)},
          {"last_seen_at", to_text(session.last_seen_at)},
          {"expires_at", to_text(session.expires_at)},
          {"address", session.address},
          {"agent", session.agent},
          {"is_current", caller.session == session.session_id}};
}

Result<Response> list_sessions(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto sessions, app::list_sessions(service, call.caller()));
  json::array data;
  for (const store::SessionRow& session : sessions) data.emplace_back(session_json(session, call.caller()));
  return page_response(std::move(data), std::nullopt);
}

/// An answer that also takes the cookie out of the browser.
Response signed_out(const Call& call) {
  Response response = no_content();
  response.add(
      "Set-Cookie",
      set_cookie(
          {.name = app::kSessionCookie, .value = {}, .max_age = {}, .is_secure = call.request.is_secure}));
  return response;
}

Result<Response> sign_out(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(app::sign_out(service, call.caller()));
  return signed_out(call);
}

Result<Response> end_session(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::SessionId>(call, "session_id"));
  MIZAN_CHECK_OK(app::end_session(service, call.caller(), id));
  return call.caller().session == id ? signed_out(call) : no_content();
}

}  // namespace

void add_session_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/sessions";
  router.add(secret({Method::post, all, "sign_in", rules::Action::sign_in, bind(service, sign_in)}));
  router.add({Method::get, all, "list_sessions", rules::Action::read_profile, bind(service, list_sessions)});
  router.add(
      {Method::del, all + "/current", "sign_out", rules::Action::change_profile, bind(service, sign_out)});
  router.add({Method::del, all + "/{session_id}", "end_session", rules::Action::change_profile,
              bind(service, end_session)});
}

}  // namespace mizan::http
