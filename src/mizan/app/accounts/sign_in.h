// Signing in with e-mail, password and, where it is on, the code of an authenticator app; sessions; signing
// out.
//
// An answer never tells whether an account exists: the message and the time are the same for an unknown
// address and a wrong password. Only who knows the password learns that a second factor is needed or that the
// account is suspended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/base/result.h"
#include "mizan/store/access/accounts.h"
#include "mizan/store/access/sessions.h"

namespace mizan::app {

class Service;

struct SignIn {
  std::string email{};
  std::string password{};
  std::string totp_code{};      ///< of the authenticator app, or …
  std::string recovery_code{};  ///< … one of the codes that were written down
  std::string address{};
  std::string agent{};
  std::string request_id{};
};

/// A session that was just made.
struct SignedIn {
  std::string token;       ///< the cookie's value; nobody will see it again
  std::string csrf_token;  ///< to be sent in X-CSRF-Token
  store::SessionRow session;
  store::AccountRow account;
};

/// The checks, in this order:
/// @errors rate_limited: too many failures of this account from this address; not_authenticated: address or
/// password
///         wrong; forbidden: suspended; not_authenticated with where = totp_code: a second factor is needed,
///         or wrong
[[nodiscard]] Result<SignedIn> sign_in(Service& service, const SignIn& command);
/// How long sign_in refuses this account from this address after failures; zero when it does not.
[[nodiscard]] Duration sign_in_wait(Service& service, std::string_view email, std::string_view address);

/// Makes a session for an account whose person has just proved to be who they are.
struct SessionOrigin {
  std::string address{};
  std::string agent{};
};
[[nodiscard]] Result<SignedIn> make_session(Service& service, const store::AccountRow& account,
                                            const SessionOrigin& origin);

/// Ends the caller's own session. @errors forbidden: an API key
[[nodiscard]] Result<void> sign_out(Service& service, const Caller& caller);

[[nodiscard]] Result<std::vector<store::SessionRow>> list_sessions(Service& service, const Caller& caller);
/// Ends one of the caller's sessions. @errors not_found
[[nodiscard]] Result<void> end_session(Service& service, const Caller& caller, domain::SessionId session);

/// An e-mail address as it is stored and looked for: trimmed, in lower case.
/// @errors invalid_argument: it is none
[[nodiscard]] Result<std::string> normal_email(std::string_view text);

}  // namespace mizan::app
