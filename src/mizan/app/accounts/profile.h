// The caller's own account: name, language, settings, password.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mizan/app/access/caller.h"
#include "mizan/base/result.h"
#include "mizan/store/access/accounts.h"

namespace mizan::app {

class Service;

/// @errors not_authenticated
[[nodiscard]] Result<store::AccountRow> read_profile(Service& service, const Caller& caller);

struct ProfileEdit {
  std::int64_t version = 0;  ///< of the row that was read
  std::string name;
  std::string language;         ///< en | ar
  std::string settings = "{}";  ///< a JSON object, kept for the web app
};
/// @errors precondition_failed: changed since it was read; invalid_argument: language, length of name or
/// settings
[[nodiscard]] Result<store::AccountRow> change_profile(Service& service, const Caller& caller,
                                                       const ProfileEdit& edit);

/// Also ends every other session of the account.
/// @errors not_authenticated: the old password is wrong; weak_password
struct PasswordChange {
  std::string old_password;
  std::string new_password;
};
[[nodiscard]] Result<void> change_password(Service& service, const Caller& caller,
                                           const PasswordChange& change);

/// @errors invalid_argument
[[nodiscard]] Result<void> check_name(std::string_view name);
[[nodiscard]] Result<void> check_language(std::string_view language);

/// The account of a person who is signed in. @errors forbidden: an API key
[[nodiscard]] Result<store::AccountRow> own_account(Service& service, const Caller& caller);
/// The same, after the person has typed the password again. @errors not_authenticated: wrong; rate_limited
[[nodiscard]] Result<store::AccountRow> own_account_by_password(Service& service, const Caller& caller,
                                                                std::string_view password);

}  // namespace mizan::app
