// API keys: a program's way in, with one role at one scope, never wider than the person who made it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/rules/access.h"
#include "mizan/store/access/api_keys.h"

namespace mizan::app {

class Service;

struct NewApiKey {
  std::string name;  ///< what it is for
  rules::Membership membership;
  std::optional<Instant> expires_at{};  ///< nothing = never
};
struct MadeApiKey {
  std::string secret;  ///< "mz_…": shown this once
  store::ApiKeyRow key;
};
/// @errors forbidden: an API key asks, or the key would reach further than the caller; invalid_argument: name
/// or end
[[nodiscard]] Result<MadeApiKey> create_api_key(Service& service, const Caller& caller,
                                                const NewApiKey& command);

struct ApiKeyQuery {
  bool of_everybody = false;  ///< owners and auditors
  domain::ApiKeyId after{};
  std::int64_t limit = 100;
};
/// @errors forbidden
[[nodiscard]] Result<std::vector<store::ApiKeyRow>> list_api_keys(Service& service, const Caller& caller,
                                                                  const ApiKeyQuery& query);

/// One's own, or as an owner anybody's. @errors not_found
[[nodiscard]] Result<void> revoke_api_key(Service& service, const Caller& caller, domain::ApiKeyId id);

/// The caller that an account would be if it were signed in. For commands at the server's own terminal.
/// @errors not_found
[[nodiscard]] Result<Caller> caller_of_email(Service& service, std::string_view email);

}  // namespace mizan::app
