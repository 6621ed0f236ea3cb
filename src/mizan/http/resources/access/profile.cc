// The caller's own account: /api/v1/profile.
#include "mizan/app/accounts/profile.h"

#include <boost/json.hpp>

#include "mizan/app/accounts/second_factor.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/access/access_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

/// The account with what the session or key has: roles, annotator, CSRF token.
Response profile_response(const store::AccountRow& account, const app::Caller& caller) {
  json::object body = account_json(account);
  json::array memberships;
  for (const rules::Membership& membership : caller.memberships) {
    const bool is_spread = membership.scope.project.value != 0 && membership.scope.supplier.value != 0;
    if (!is_spread) memberships.emplace_back(membership_json(membership));
  }
  body["memberships"] = std::move(memberships);
  body["annotator_id"] = caller.annotator ? json::value(to_text(*caller.annotator)) : json::value(nullptr);
  body["supplier_id"] = caller.supplier ? json::value(to_text(*caller.supplier)) : json::value(nullptr);
  body["api_key_id"] = caller.api_key ? json::value(to_text(*caller.api_key)) : json::value(nullptr);
  body["csrf_token"] = caller.session ? json::value(caller.csrf_token) : json::value(nullptr);
  Response response = json_response(body);
  response.set("ETag", etag(account.version));
  return response;
}

Result<Response> read_profile(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto account, app::read_profile(service, call.caller()));
  return profile_response(account, call.caller());
}

Result<Response> update_profile(app::Service& service, Call& call) {
  MIZAN_TRY(const auto version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(const auto name, fields.maybe_text("name"));
  MIZAN_TRY(const auto language, fields.maybe_text("language"));
  MIZAN_TRY(const auto* settings, fields.maybe_object("settings"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto before, app::read_profile(service, call.caller()));
  MIZAN_TRY(
      const auto after,
      app::change_profile(service, call.caller(),
                          {.version = version,
                           .name = name.value_or(before.name),
                           .language = language.value_or(before.language),
                           .settings = settings == nullptr ? before.settings : json::serialize(*settings)}));
  return profile_response(after, call.caller());
}

Result<Response> change_password(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::PasswordChange change;
  MIZAN_TRY(change.old_password, fields.text("old_password"));
  MIZAN_TRY(change.new_password, fields.text("new_password"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_CHECK_OK(app::change_password(service, call.caller(), change));
  return no_content();
}

Response codes_response(const std::vector<std::string>& codes) {
  return json_response(json::object{{"recovery_codes", json::array(codes.begin(), codes.end())}});
}

/// The one member of a body that has only this.
Result<std::string> only_text(const Call& call, std::string_view name) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(std::string text, fields.text(name));
  MIZAN_CHECK_OK(fields.nothing_else());
  return text;
}

Result<Response> enrol_totp(app::Service& service, Call& call) {
  MIZAN_TRY(const auto enrolment, app::enrol_totp(service, call.caller()));
  return json_response(json::object{{"secret", enrolment.secret}, {"otpauth_uri", enrolment.otpauth_uri}});
}

Result<Response> confirm_totp(app::Service& service, Call& call) {
  MIZAN_TRY(const auto code, only_text(call, "totp_code"));
  MIZAN_TRY(const auto codes, app::confirm_totp(service, call.caller(), code));
  return codes_response(codes);
}

Result<Response> disable_totp(app::Service& service, Call& call) {
  MIZAN_TRY(const auto password, only_text(call, "password"));
  MIZAN_CHECK_OK(app::disable_totp(service, call.caller(), password));
  return no_content();
}

Result<Response> renew_recovery_codes(app::Service& service, Call& call) {
  MIZAN_TRY(const auto password, only_text(call, "password"));
  MIZAN_TRY(const auto codes, app::renew_recovery_codes(service, call.caller(), password));
  return codes_response(codes);
}

}  // namespace

void add_profile_routes(Router& router, app::Service& service) {
  const std::string path = "/api/v1/profile";
  const auto secret_change = [&](const std::string& at, const char* operation, RouteVerb verb) {
    router.add(secret({Method::post, at, operation, rules::Action::change_profile, bind(service, verb)}));
  };
  router.add({Method::get, path, "read_profile", rules::Action::read_profile, bind(service, read_profile)});
  router.add(
      {Method::patch, path, "update_profile", rules::Action::change_profile, bind(service, update_profile)});
  secret_change(path + ":change_password", "change_password", change_password);
  secret_change(path + "/totp:enrol", "enrol_totp", enrol_totp);
  secret_change(path + "/totp:confirm", "confirm_totp", confirm_totp);
  secret_change(path + "/totp:disable", "disable_totp", disable_totp);
  secret_change(path + "/recovery_codes", "renew_recovery_codes", renew_recovery_codes);
}

}  // namespace mizan::http
