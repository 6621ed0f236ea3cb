#include "mizan/app/accounts/sign_in.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/access/session_terms.h"
#include "mizan/app/accounts/password_pool.h"
#include "mizan/app/accounts/second_factor.h"
#include "mizan/app/accounts/sign_in_back_off.h"
#include "mizan/app/service.h"
#include "mizan/secrets/password.h"
#include "mizan/secrets/token.h"

namespace mizan::app {
namespace {

constexpr std::size_t kLongestAgent = 256;
constexpr std::size_t kLongestEmail = 254;

/// The account if the password is its own; nothing if either is wrong, after the same time.
Result<std::optional<store::AccountRow>> check_password_of(Service& service, const SignIn& command) {
  const auto email = normal_email(command.email);
  std::optional<store::AccountRow> account;
  if (email) {
    MIZAN_TRY(account, service.database().read(
                           [&](store::Transaction& tx) { return store::find_account_by_email(tx, *email); }));
  }
  const std::string_view hash = account && !account->password_hash.empty()
                                    ? std::string_view(account->password_hash)
                                    : secrets::nobodys_hash();
  MIZAN_TRY(const bool is_right, service.shared<PasswordPool>().matches(hash, command.password));
  if (!is_right) account.reset();
  return account;
}

Result<void> check_second_factor(Service& service, const SignIn& command, const store::AccountRow& account) {
  if (!account.totp_secret) return {};
  if (!command.recovery_code.empty()) return use_recovery_code(service, account, command.recovery_code);
  return use_totp_code(service, account, command.totp_code);
}

Result<store::AccountRow> prove(Service& service, const SignIn& command) {
  MIZAN_TRY(auto account, check_password_of(service, command));
  if (!account)
    return fail(ErrorCode::not_authenticated, "the e-mail address or the password is wrong", {},
                "check both; an owner can send a new invitation");
  if (account->state != "active")
    return fail(ErrorCode::forbidden, "this account is suspended", {}, "ask an owner of the organisation");
  MIZAN_CHECK_OK(check_second_factor(service, command, *account));
  return *std::move(account);
}

bool counts_as_guess(const Error& error, const SignIn& command) {
  const bool asked_for_code =
      error.where == "totp_code" && command.totp_code.empty() && command.recovery_code.empty();
  return error.code == ErrorCode::not_authenticated && !asked_for_code;
}

}  // namespace

Result<std::string> normal_email(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  std::string email(text);
  std::transform(email.begin(), email.end(), email.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const std::size_t at = email.find('@');
  const bool is_plain = std::all_of(email.begin(), email.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '<' && c != '>' && c != ',';
  });
  const bool is_address =
      at != std::string::npos && at > 0 && at + 1 < email.size() && at == email.rfind('@');
  if (!is_plain || !is_address || email.size() > kLongestEmail)
    return fail(ErrorCode::invalid_argument, "this is no e-mail address", "email");
  return email;
}

Result<SignedIn> make_session(Service& service, const store::AccountRow& account,
                              const SessionOrigin& origin) {
  const Instant now = service.now();
  SignedIn made;
  made.token = secrets::make_token();
  made.csrf_token = secrets::make_token();
  made.account = account;
  const secrets::Sha256 hash = secrets::sha256(made.token);
  const auto bytes = std::as_bytes(std::span(hash));
  made.session = {.session_hash = store::Blob(bytes.begin(), bytes.end()),
                  .session_id = service.ids().make<domain::SessionId>(),
                  .account_id = account.account_id,
                  .csrf_token = made.csrf_token,
                  .created_at = now,
                  .expires_at = session_end(now, now),
                  .last_seen_at = now,
                  .address = origin.address,
                  .agent = origin.agent.substr(0, kLongestAgent)};
  MIZAN_CHECK_OK(service.database().write(
      [&](store::Transaction& tx) -> Result<void> { return store::insert_session(tx, made.session); }));
  return made;
}

Result<SignedIn> sign_in(Service& service, const SignIn& command) {
  SignInBackOff& back_off = service.shared<SignInBackOff>();
  const auto email = normal_email(command.email);
  const SignInBackOff::Attempt attempt{.email = email ? std::string_view(*email) : std::string_view(),
                                       .address = command.address,
                                       .at = service.now()};
  MIZAN_CHECK_OK(back_off.check(attempt));
  auto account = prove(service, command);
  if (!account) {
    if (counts_as_guess(account.error(), command)) back_off.failed(attempt);
    return fail(std::move(account).error());
  }
  back_off.succeeded(attempt);
  return make_session(service, *account, {.address = command.address, .agent = command.agent});
}

Duration sign_in_wait(Service& service, std::string_view email, std::string_view address) {
  const auto normal = normal_email(email);
  const Duration left =
      service.shared<SignInBackOff>().left({.email = normal ? std::string_view(*normal) : std::string_view(),
                                            .address = address,
                                            .at = service.now()});
  return std::max(left, Duration{});
}

Result<void> sign_out(Service& service, const Caller& caller) {
  MIZAN_CHECK_OK(require_person(caller));
  if (!caller.session) return {};
  return end_session(service, caller, *caller.session);
}

Result<std::vector<store::SessionRow>> list_sessions(Service& service, const Caller& caller) {
  MIZAN_CHECK_OK(require_person(caller));
  return service.database().read(
      [&](store::Transaction& tx) { return store::sessions_of_account(tx, caller.account); });
}

Result<void> end_session(Service& service, const Caller& caller, domain::SessionId session) {
  MIZAN_CHECK_OK(require_person(caller));
  MIZAN_TRY(const bool ended, service.database().write([&](store::Transaction& tx) {
    return store::delete_session(tx, caller.account, session);
  }));
  forget_callers(service);
  if (!ended) return fail(ErrorCode::not_found, "this account has no such session", "session_id");
  return {};
}

}  // namespace mizan::app
