// The first start: a database without an owner has a one-time token, printed on the server's own terminal;
// whoever sends it becomes the first owner.
#pragma once

#include <optional>
#include <string>

#include "mizan/app/accounts/new_account.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/base/result.h"

namespace mizan::app {

class Service;

/// Whether there is no owner yet.
[[nodiscard]] Result<bool> needs_set_up(Service& service);

/// A new token, good for a day, if there is no owner yet. Tokens of earlier starts stay good for their day.
[[nodiscard]] Result<std::optional<std::string>> make_set_up_token(Service& service);

struct SetUp {
  std::string token;
  NewAccount account;
  SessionOrigin origin{};
  std::string request_id{};
};
/// Makes the first owner and signs in.
/// @errors link_expired: the token is not valid; conflict: there is an owner; those of prepare_account
[[nodiscard]] Result<SignedIn> set_up(Service& service, const SetUp& command);

}  // namespace mizan::app
