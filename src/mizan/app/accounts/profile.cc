#include "mizan/app/accounts/profile.h"

#include <optional>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/password_pool.h"
#include "mizan/app/accounts/sign_in_back_off.h"
#include "mizan/app/service.h"
#include "mizan/secrets/password.h"
#include "mizan/store/access/sessions.h"

namespace mizan::app {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestSettings = 16'384;

Result<store::AccountRow> account_of(store::Transaction& tx, domain::AccountId id) {
  MIZAN_TRY(auto account, store::find_account(tx, id));
  if (!account) return fail(ErrorCode::not_authenticated, "this account does not exist any longer");
  return *std::move(account);
}

}  // namespace

Result<void> check_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName)
    return fail(ErrorCode::invalid_argument, "a name has 1 to 200 bytes", "name");
  return {};
}

Result<void> check_language(std::string_view language) {
  if (language == "en" || language == "ar") return {};
  return fail(ErrorCode::invalid_argument, "Mizan does not speak this language yet", "language",
              "one of: en ar");
}

Result<store::AccountRow> read_profile(Service& service, const Caller& caller) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_profile, rules::kOrganisation));
  return service.database().read([&](store::Transaction& tx) { return account_of(tx, caller.account); });
}

Result<store::AccountRow> change_profile(Service& service, const Caller& caller, const ProfileEdit& edit) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_profile, rules::kOrganisation));
  MIZAN_CHECK_OK(require_person(caller));
  MIZAN_CHECK_OK(check_name(edit.name));
  MIZAN_CHECK_OK(check_language(edit.language));
  if (edit.settings.size() > kLongestSettings)
    return fail(ErrorCode::invalid_argument, "the settings are longer than 16 KiB", "settings");
  return service.database().write([&](store::Transaction& tx) -> Result<store::AccountRow> {
    MIZAN_TRY(store::AccountRow account, account_of(tx, caller.account));
    account.version = edit.version;
    account.name = edit.name;
    account.language = edit.language;
    account.settings = edit.settings;
    MIZAN_TRY(const bool is_written, store::update_profile(tx, account));
    if (!is_written)
      return fail(ErrorCode::precondition_failed, "the profile was changed since it was read", {},
                  "read it again");
    return account_of(tx, caller.account);
  });
}

Result<store::AccountRow> own_account(Service& service, const Caller& caller) {
  MIZAN_CHECK_OK(require_person(caller));
  return service.database().read([&](store::Transaction& tx) { return account_of(tx, caller.account); });
}

Result<store::AccountRow> own_account_by_password(Service& service, const Caller& caller,
                                                  std::string_view password) {
  MIZAN_TRY(store::AccountRow account, own_account(service, caller));
  // A session that was left open must not be a place to guess the password from.
  SignInBackOff& back_off = service.shared<SignInBackOff>();
  const std::string email = account.email.value_or("");
  const SignInBackOff::Attempt attempt{.email = email, .address = caller.address, .at = service.now()};
  MIZAN_CHECK_OK(back_off.check(attempt));
  MIZAN_TRY(const bool is_right, service.shared<PasswordPool>().matches(account.password_hash, password));
  if (!is_right) {
    back_off.failed(attempt);
    return fail(ErrorCode::not_authenticated, "the password is wrong", "password");
  }
  back_off.succeeded(attempt);
  return account;
}

Result<void> change_password(Service& service, const Caller& caller, const PasswordChange& change) {
  MIZAN_TRY(const store::AccountRow account, own_account_by_password(service, caller, change.old_password));
  MIZAN_CHECK_OK(secrets::check_password(change.new_password, account.email.value_or("")));
  MIZAN_TRY(const std::string hash, service.shared<PasswordPool>().hash(change.new_password));
  const Instant now = service.now();
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::set_password_hash(tx, caller.account, hash));
    MIZAN_CHECK_OK(
        store::delete_other_sessions(tx, caller.account, caller.session.value_or(domain::SessionId{})));
    return record_audit(tx, caller,
                        {.at = now, .action = "change_password", .subject = to_text(caller.account)});
  }));
  forget_callers(service);
  return {};
}

}  // namespace mizan::app
