// Members: who holds which role where; suspending and erasing accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/base/result.h"
#include "mizan/rules/access.h"
#include "mizan/store/access/memberships.h"

namespace mizan::app {

class Service;

struct MemberQuery {
  std::optional<rules::Scope> scope{};  ///< one project's or supplier's; nothing = everybody's
  store::MemberPlace after{};
  std::int64_t limit = 100;
};
/// Names and addresses of annotators are blank for who may not know them.
/// @errors forbidden: not this scope
[[nodiscard]] Result<std::vector<store::MemberRow>> list_members(Service& service, const Caller& caller,
                                                                 const MemberQuery& query);

/// Gives an account another role. Annotators come by invitation: they need to be somebody's annotator too.
/// @errors forbidden: the caller may not give this role there; not_found: account, project or supplier
[[nodiscard]] Result<void> give_role(Service& service, const Caller& caller, domain::AccountId account,
                                     const rules::Membership& membership);
/// @errors forbidden; not_found: not held; conflict: the last owner
[[nodiscard]] Result<void> take_role(Service& service, const Caller& caller, domain::AccountId account,
                                     const rules::Membership& membership);

/// A suspended account can do nothing, by session or by key; resume gives everything back but the sessions.
/// @errors forbidden; not_found; conflict: the last owner
[[nodiscard]] Result<void> suspend_account(Service& service, const Caller& caller, domain::AccountId account);
[[nodiscard]] Result<void> resume_account(Service& service, const Caller& caller, domain::AccountId account);
/// Blanks the personal data of an account for good: address, name, password, second factor, sessions,
/// invitations. Its labels, and entries of the audit log that name its id, stay.
/// @errors forbidden; not_found; conflict: the last owner
[[nodiscard]] Result<void> erase_account(Service& service, const Caller& caller, domain::AccountId account);

/// Gives an account a new password and ends its sessions. For commands at the server's own terminal.
/// @errors forbidden: the caller is not Mizan itself; not_found; weak_password
struct PasswordReset {
  domain::AccountId account;
  std::string password;
};
[[nodiscard]] Result<void> reset_password(Service& service, const Caller& caller, const PasswordReset& reset);

}  // namespace mizan::app
