#include "mizan/app/access/caller.h"

namespace mizan::app {

Caller system_caller() {
  Caller caller;
  caller.is_system = true;
  caller.memberships.push_back({rules::Role::owner, rules::kOrganisation});
  return caller;
}

Result<rules::Grant> authorize(const Caller& caller, rules::Action action, const rules::Scope& target) {
  rules::Grant grant = rules::allowed(caller.memberships, action, target);
  if (grant) return grant;
  if (!caller.is_signed_in()) {
    return fail(ErrorCode::not_authenticated, "nobody is signed in", {},
                "sign in, or send an API key as Authorization: Bearer mz_…");
  }
  return fail(ErrorCode::forbidden,
              "no role of this account allows " + std::string(rules::to_text(action)) + " here", {},
              "an owner or the project's data lead can give the role");
}

}  // namespace mizan::app
