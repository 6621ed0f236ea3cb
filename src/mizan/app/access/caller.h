// Who is asking: an account by session or API key, with everything that permissions depend on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/access.h"

namespace mizan::app {

struct Caller {
  domain::AccountId account{};  ///< 0 = nobody is signed in
  std::optional<domain::ApiKeyId> api_key{};
  std::optional<domain::SessionId> session{};
  std::string csrf_token{};                      ///< of the session
  std::vector<rules::Membership> memberships{};  ///< of a key: its one role, as far as its maker still has it
  /// The annotator that this account is, with its supplier.
  std::optional<domain::AnnotatorId> annotator{};
  std::optional<domain::SupplierId> supplier{};
  std::string address{};
  std::string agent{};
  std::string request_id{};
  bool is_system = false;  ///< Mizan itself: see system_caller()

  [[nodiscard]] bool is_signed_in() const { return is_system || account.value != 0; }
};

/// Mizan itself: background work and commands at the server's own terminal.
[[nodiscard]] Caller system_caller();

/// How far `action` reaches for the caller in `target`, by the permission table of rules/actions.h; the verb
/// narrows rows to it (Grant::covers, and for Reach::mine the caller's annotator).
/// @errors not_authenticated; forbidden: no reach at all
[[nodiscard]] Result<rules::Grant> authorize(const Caller& caller, rules::Action action,
                                             const rules::Scope& target);

/// For what only the person may do, not a program with the person's key: passwords, keys, second factors.
/// @errors not_authenticated; forbidden: an API key
[[nodiscard]] Result<void> require_person(const Caller& caller);

/// A session's change must carry its CSRF token: another site's page can send the cookie but cannot read the
/// token. Keys need none.
/// @errors csrf_token_wrong
[[nodiscard]] Result<void> check_csrf(const Caller& caller, std::string_view sent_token);

}  // namespace mizan::app
