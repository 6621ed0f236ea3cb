// Making accounts, and what it takes for an account to take up a role. Shared by set-up, invites and
// commands.
#pragma once

#include <string>

#include "mizan/app/access/caller.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/rules/access.h"
#include "mizan/store/access/accounts.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

class Service;

struct NewAccount {
  std::string email;
  std::string name;
  std::string password;
  std::string language = "en";
};

/// A row that can be inserted: everything checked, the password hashed. Slow; before the transaction.
/// @errors invalid_argument, weak_password, overloaded
[[nodiscard]] Result<store::AccountRow> prepare_account(Service& service, const NewAccount& account);

/// A role for an account. An annotator also becomes one of the supplier's annotators.
struct Joining {
  domain::AccountId account;
  rules::Membership membership;
  domain::AnnotatorId annotator_id;  ///< made before the transaction, used if the role is annotator
  Instant at;
};
/// @errors conflict: the account is an annotator of another supplier; not_found: no such project or supplier
[[nodiscard]] Result<void> join(store::Transaction& tx, const Joining& joining);

/// @errors not_found: the membership's project or supplier does not exist
[[nodiscard]] Result<void> check_scope_exists(store::Transaction& tx, const rules::Scope& scope);

/// A JSON object {"role", "scope", "scope_id"} for the audit log.
[[nodiscard]] std::string membership_details(const rules::Membership& membership);

/// Makes an account with a role, without an invite. For commands at the server's own terminal.
/// @errors forbidden: the caller is not Mizan itself; conflict: the address has an account
[[nodiscard]] Result<store::AccountRow> add_account(Service& service, const Caller& caller,
                                                    const NewAccount& account,
                                                    const rules::Membership& membership);

}  // namespace mizan::app
