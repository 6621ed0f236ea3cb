// Invitations: a link that gives one person one role. The token in it is shown once, to who made it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/accounts/new_account.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/base/result.h"
#include "mizan/store/access/invites.h"

namespace mizan::app {

class Service;

struct NewInvite {
  std::string email;
  rules::Membership membership;
};
struct MadeInvite {
  std::string token;
  store::InviteRow invite;
};
/// Good for seven days.
/// @errors forbidden: the caller may not give this role there; not_found: no such project or supplier
[[nodiscard]] Result<MadeInvite> create_invite(Service& service, const Caller& caller,
                                               const NewInvite& command);

/// Open invitations that the caller may see, by id.
struct InvitePage {
  std::vector<store::InviteRow> invites;
  std::optional<domain::InviteId> next;
};
[[nodiscard]] Result<InvitePage> list_invites(Service& service, const Caller& caller, domain::InviteId after,
                                              std::int64_t limit);

/// @errors not_found: none that the caller may see; link_expired: accepted or revoked before
[[nodiscard]] Result<void> revoke_invite(Service& service, const Caller& caller, domain::InviteId id);

/// What a token's holder is shown before accepting.
struct InviteView {
  store::InviteRow invite;
  bool has_account = false;  ///< of this address: accept with its password
};
/// @errors link_expired
[[nodiscard]] Result<InviteView> look_at_invite(Service& service, std::string_view token);

/// Makes the account (or, if the address has one, takes its password and second factor), gives it the role,
/// signs in.
struct AcceptInvite {
  std::string token;
  std::string name{};  ///< of a new account
  std::string language = "en";
  SignIn credentials;  ///< its email is the invitation's, whatever stands here
};
/// @errors link_expired; those of prepare_account or sign_in; conflict: an annotator of another supplier
[[nodiscard]] Result<SignedIn> accept_invite(Service& service, const AcceptInvite& command);

}  // namespace mizan::app
