// The second factor: codes of an authenticator app, and ten recovery codes for the day the phone is lost.
//
//   off ──enrol──▶ pending ──confirm(code)──▶ on ──disable(password)──▶ off
//
// Enrolling again before confirming replaces the secret; until the first code is confirmed signing in does
// not ask.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/base/result.h"
#include "mizan/store/access/accounts.h"

namespace mizan::app {

class Service;

struct TotpEnrolment {
  std::string secret;       ///< base 32, to type in by hand
  std::string otpauth_uri;  ///< what a QR code holds
};

/// @errors forbidden: an API key; conflict: it is on already
[[nodiscard]] Result<TotpEnrolment> enrol_totp(Service& service, const Caller& caller);
/// Turns it on; the recovery codes are shown this once.
/// @errors not_authenticated, where totp_code: the code is wrong; conflict: nothing was enrolled
[[nodiscard]] Result<std::vector<std::string>> confirm_totp(Service& service, const Caller& caller,
                                                            std::string_view code);
/// @errors not_authenticated: the password is wrong
[[nodiscard]] Result<void> disable_totp(Service& service, const Caller& caller, std::string_view password);
/// New recovery codes in place of the old ones.
/// @errors not_authenticated: the password is wrong; conflict: the second factor is off
[[nodiscard]] Result<std::vector<std::string>> renew_recovery_codes(Service& service, const Caller& caller,
                                                                    std::string_view password);

/// For signing in. @errors not_authenticated, where totp_code: absent, wrong or used before
[[nodiscard]] Result<void> use_totp_code(Service& service, const store::AccountRow& account,
                                         std::string_view code);
/// For signing in. @errors not_authenticated, where recovery_code: wrong or used before
[[nodiscard]] Result<void> use_recovery_code(Service& service, const store::AccountRow& account,
                                             std::string_view code);

}  // namespace mizan::app
