#include "mizan/app/access/caller.h"

#include "mizan/secrets/digest.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> nobody() {
  return fail(ErrorCode::not_authenticated, "nobody is signed in", {},
              "sign in, or send an API key as Authorization: Bearer mz_…");
}

}  // namespace

Caller system_caller() {
  Caller caller;
  caller.is_system = true;
  caller.memberships.push_back({rules::Role::owner, rules::kOrganisation});
  return caller;
}

Result<rules::Grant> authorize(const Caller& caller, rules::Action action, const rules::Scope& target) {
  const bool is_open = rules::permission(action).place == rules::ActionPlace::nobody;
  if (!is_open && !caller.is_signed_in()) return nobody();
  rules::Grant grant = rules::allowed(caller.memberships, action, target);
  if (grant) return grant;
  return fail(ErrorCode::forbidden,
              "no role of this account allows " + std::string(rules::to_text(action)) + " here", {},
              "an owner or the project's data lead can give the role");
}

Result<void> require_person(const Caller& caller) {
  if (!caller.is_signed_in()) return nobody();
  if (caller.api_key)
    return fail(ErrorCode::forbidden, "an API key may not do this", {}, "sign in with e-mail and password");
  return {};
}

Result<void> check_csrf(const Caller& caller, std::string_view sent_token) {
  if (!caller.session || secrets::same_bytes(caller.csrf_token, sent_token)) return {};
  return fail(ErrorCode::csrf_token_wrong, "the request does not carry the session's CSRF token",
              "X-CSRF-Token", "send the csrf_token of the sign-in answer, or of GET /api/v1/profile");
}

}  // namespace mizan::app
