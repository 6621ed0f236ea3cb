#include "mizan/app/accounts/api_keys.h"

#include <span>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/access/memberships.h"
#include "mizan/app/accounts/new_account.h"
#include "mizan/app/accounts/profile.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/app/service.h"
#include "mizan/secrets/token.h"
#include "mizan/store/access/accounts.h"

namespace mizan::app {

Result<MadeApiKey> create_api_key(Service& service, const Caller& caller, const NewApiKey& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_api_keys, rules::kOrganisation));
  MIZAN_CHECK_OK(require_person(caller));
  MIZAN_CHECK_OK(check_name(command.name));
  const Instant now = service.now();
  if (command.expires_at && *command.expires_at <= now)
    return fail(ErrorCode::invalid_argument, "the key would have ended already", "expires_at");
  if (!rules::within(caller.memberships, command.membership))
    return fail(
        ErrorCode::forbidden, "the key would reach further than this account", "role",
        "a key takes one of the account's own roles, or a narrower one; a supplier's keys are made by "
        "its manager, whom an owner invites");
  const RoleAtScope role = role_at_scope(command.membership);
  MadeApiKey made{.secret = secrets::make_api_key(), .key = {}};
  const secrets::Sha256 hash = secrets::sha256(made.secret);
  const auto bytes = std::as_bytes(std::span(hash));
  made.key = {.api_key_id = service.ids().make<domain::ApiKeyId>(),
              .secret_hash = store::Blob(bytes.begin(), bytes.end()),
              .shown_prefix = std::string(secrets::shown_prefix(made.secret)),
              .name = command.name,
              .account_id = caller.account,
              .role = std::string(role.role),
              .scope = std::string(role.scope),
              .scope_id = role.scope_id,
              .created_at = now,
              .expires_at = command.expires_at};
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::insert_api_key(tx, made.key));
    const std::string details = membership_details(command.membership);
    return record_audit(
        tx, caller,
        {.at = now, .action = "create_api_key", .subject = to_text(made.key.api_key_id), .details = details});
  }));
  return made;
}

Result<std::vector<store::ApiKeyRow>> list_api_keys(Service& service, const Caller& caller,
                                                    const ApiKeyQuery& query) {
  const rules::Action action =
      query.of_everybody ? rules::Action::read_all_api_keys : rules::Action::list_api_keys;
  MIZAN_CHECK_OK(authorize(caller, action, rules::kOrganisation));
  return service.database().read([&](store::Transaction& tx) {
    return store::api_keys_after(
        tx, {.account_id = query.of_everybody ? std::nullopt : std::optional(caller.account),
             .after = query.after,
             .limit = query.limit});
  });
}

Result<void> revoke_api_key(Service& service, const Caller& caller, domain::ApiKeyId id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_api_keys, rules::kOrganisation));
  const bool may_all = static_cast<bool>(
      rules::allowed(caller.memberships, rules::Action::revoke_any_api_key, rules::kOrganisation));
  const Instant now = service.now();
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto key, store::find_api_key(tx, id));
    if (!key || (!may_all && key->account_id != caller.account))
      return fail(ErrorCode::not_found, "there is no such API key", "api_key_id");
    MIZAN_TRY(const bool is_changed, store::revoke_api_key(tx, id, now));
    if (!is_changed) return {};  // revoked before: it is as was asked
    return record_audit(tx, caller, {.at = now, .action = "revoke_api_key", .subject = to_text(id)});
  }));
  forget_callers(service);
  return {};
}

Result<Caller> caller_of_email(Service& service, std::string_view email) {
  MIZAN_TRY(const std::string address, normal_email(email));
  return service.database().read([&](store::Transaction& tx) -> Result<Caller> {
    MIZAN_TRY(const auto account, store::find_account_by_email(tx, address));
    if (!account) return fail(ErrorCode::not_found, "no account has the address " + address, "email");
    Caller caller;
    caller.account = account->account_id;
    caller.address = "terminal";
    MIZAN_TRY(caller.memberships, load_memberships(tx, account->account_id));
    return caller;
  });
}

}  // namespace mizan::app
