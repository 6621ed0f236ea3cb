#include "mizan/http/resources/access/access_json.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include <boost/json.hpp>

#include "mizan/app/access/authenticate.h"
#include "mizan/http/cookies.h"
#include "mizan/http/handler.h"

namespace mizan::http {

namespace json = boost::json;

json::object membership_json(const rules::Membership& membership) {
  const rules::Scope& scope = membership.scope;
  json::object body{{"role", rules::to_text(membership.role)},
                    {"scope", "organisation"},
                    {"project_id", nullptr},
                    {"supplier_id", nullptr}};
  if (scope.project.value != 0) {
    body["scope"] = "project";
    body["project_id"] = to_text(scope.project);
  }
  if (scope.supplier.value != 0) {
    body["scope"] = "supplier";
    body["supplier_id"] = to_text(scope.supplier);
  }
  return body;
}

json::object membership_json(const MembershipTexts& row) {
  json::object body{
      {"role", row.role}, {"scope", row.scope}, {"project_id", nullptr}, {"supplier_id", nullptr}};
  if (row.scope == "project") body["project_id"] = to_text(domain::ProjectId{row.scope_id});
  if (row.scope == "supplier") body["supplier_id"] = to_text(domain::SupplierId{row.scope_id});
  return body;
}

Result<rules::Membership> membership_fields(BodyFields& fields) {
  MIZAN_TRY(const std::string role, fields.text("role"));
  MIZAN_TRY(const auto project, fields.maybe_id<domain::ProjectId>("project_id"));
  MIZAN_TRY(const auto supplier, fields.maybe_id<domain::SupplierId>("supplier_id"));
  if (project && supplier)
    return fail(ErrorCode::invalid_argument, "a role is held at a project or at a supplier, not at both",
                "/supplier_id");
  auto known = rules::kRoles.parse(role);
  if (!known) {
    known.error().where = "/role";
    return fail(std::move(known).error());
  }
  rules::Membership membership{*known, rules::kOrganisation};
  if (project) membership.scope = rules::at(*project);
  if (supplier) membership.scope = rules::at(*supplier);
  return membership;
}

json::object account_json(const store::AccountRow& account) {
  json::error_code broken;
  json::value settings = json::parse(account.settings, broken);
  if (broken || !settings.is_object()) settings = json::object();
  return {{"account_id", to_text(account.account_id)},
          {"email", account.email ? json::value(*account.email) : json::value(nullptr)},
          {"name", account.name},
          {"language", account.language},
          {"settings", std::move(settings)},
          {"has_second_factor", account.totp_secret.has_value()},
          {"created_at", to_text(account.created_at)},
          {"version", account.version}};
}

app::SessionOrigin origin_of(const Call& call) {
  return {.address = call.request.peer_address,
          .agent = std::string(call.request.header("user-agent").value_or(""))};
}

Result<Response> refused_sign_in(app::Service& service, const Call& call, std::string_view email,
                                 const Error& error) {
  if (error.code != ErrorCode::rate_limited) return fail(error);
  const Duration wait = app::sign_in_wait(service, email, call.request.peer_address);
  constexpr std::int64_t kSecond = 1'000'000;
  Response response = problem(error, call.request.request_id);
  response.set("Retry-After", std::to_string(std::max<std::int64_t>((wait.us + kSecond - 1) / kSecond, 1)));
  return response;
}

Response signed_in_response(const Call& call, const app::SignedIn& signed_in) {
  const store::SessionRow& session = signed_in.session;
  Response response = json_response(json::object{{"session_id", to_text(session.session_id)},
                                                 {"csrf_token", signed_in.csrf_token},
                                                 {"expires_at", to_text(session.expires_at)},
                                                 {"account", account_json(signed_in.account)}},
                                    201);
  response.set("Location", "/api/v1/sessions/" + to_text(session.session_id));
  response.add("Set-Cookie", set_cookie({.name = app::kSessionCookie,
                                         .value = signed_in.token,
                                         .max_age = session.expires_at - session.created_at,
                                         .is_secure = call.request.is_secure}));
  return response;
}

}  // namespace mizan::http
