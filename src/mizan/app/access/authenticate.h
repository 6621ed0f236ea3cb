// From the secret that a request carries to the caller.
//
// What was found is kept for ten seconds, so that a busy session or key costs no query per request. Whatever
// changes rights through this node forgets it at once (forget_callers); a change through another node or the
// command line is seen within those ten seconds.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "mizan/app/access/caller.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"

namespace mizan::app {

class Service;

inline constexpr Duration kCallerKept = seconds(10);
inline constexpr std::string_view kSessionCookie = "mizan_session";

/// What a request carries. The key wins when both are there: it was put there by a program, a cookie by a
/// browser.
struct Credentials {
  std::string_view session_token{};  ///< of the cookie
  std::string_view api_key{};        ///< of Authorization: Bearer
  std::string_view address{};
  std::string_view agent{};  ///< User-Agent
  std::string_view request_id{};
};

/// The caller if it is known without asking the database, else null. Never blocks.
[[nodiscard]] std::shared_ptr<const Caller> known_caller(Service& service, const Credentials& credentials);

/// The caller. May ask the database. Notes last-used and last-seen times now and then, not per request.
/// @errors not_authenticated: neither is there, or what is there is not valid (any longer)
[[nodiscard]] Result<std::shared_ptr<const Caller>> authenticate(Service& service,
                                                                 const Credentials& credentials);

/// To be called after the commit of anything that callers depend on: memberships, the state of accounts,
/// sessions and keys, and which suppliers are on which project.
void forget_callers(Service& service);

/// Changes with every forget_callers: what goes on for long (a stream of events) ends when it does, and its
/// client comes back as who it is by then.
[[nodiscard]] std::uint64_t rights_generation(Service& service);

}  // namespace mizan::app
