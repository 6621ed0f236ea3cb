#include "mizan/app/accounts/set_up.h"

#include <span>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/service.h"
#include "mizan/secrets/token.h"
#include "mizan/store/access/invites.h"
#include "mizan/store/access/memberships.h"

namespace mizan::app {
namespace {

constexpr Duration kTokenLife = seconds(24 * 3600);
constexpr rules::Membership kFirstOwner{rules::Role::owner, rules::kOrganisation};

tl::unexpected<Error> has_owner() {
  return fail(ErrorCode::conflict, "this Mizan is set up already", {}, "sign in; an owner can invite others");
}

store::Blob blob_of(const secrets::Sha256& hash) {
  const auto bytes = std::as_bytes(std::span(hash));
  return {bytes.begin(), bytes.end()};
}

/// The set-up link with this token, if it can still be used.
Result<store::InviteRow> open_link(store::Transaction& tx, const store::Blob& hash, Instant now) {
  MIZAN_TRY(auto link, store::find_invite_by_hash(tx, hash));
  const bool is_open = link && link->email.empty() && link->invited_by.value == 0 && !link->accepted_at &&
                       !link->revoked_at && link->expires_at > now;
  if (!is_open)
    return fail(ErrorCode::link_expired, "this set-up token is not valid, or not any longer", "token",
                "start the server again: it prints a new one");
  return *std::move(link);
}

}  // namespace

Result<bool> needs_set_up(Service& service) {
  MIZAN_TRY(const std::int64_t owners,
            service.database().read([](store::Transaction& tx) { return store::count_owners(tx); }));
  return owners == 0;
}

Result<std::optional<std::string>> make_set_up_token(Service& service) {
  MIZAN_TRY(const bool is_needed, needs_set_up(service));
  if (!is_needed) return std::optional<std::string>();
  const std::string token = secrets::make_token();
  const Instant now = service.now();
  const store::InviteRow link{.invite_id = service.ids().make<domain::InviteId>(),
                              .secret_hash = blob_of(secrets::sha256(token)),
                              .email = {},
                              .role = "owner",
                              .scope = "organisation",
                              .scope_id = 0,
                              .invited_by = {},
                              .created_at = now,
                              .expires_at = now + kTokenLife};
  MIZAN_CHECK_OK(service.database().write(
      [&](store::Transaction& tx) -> Result<void> { return store::insert_invite(tx, link); }));
  return std::optional(token);
}

Result<SignedIn> set_up(Service& service, const SetUp& command) {
  const Instant now = service.now();
  const store::Blob hash = blob_of(secrets::sha256(command.token));
  // Before the password is hashed: a stranger without the token gets no work done here.
  MIZAN_CHECK_OK(service.database().read([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(open_link(tx, hash, now));
    return {};
  }));
  MIZAN_TRY(const store::AccountRow owner, prepare_account(service, command.account));
  Caller caller;
  caller.account = owner.account_id;
  caller.address = command.origin.address;
  caller.request_id = command.request_id;
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const store::AuditHead head,
              store::lock_audit_head(tx));  // of two set-ups at once, one waits here
    static_cast<void>(head);
    MIZAN_TRY(const std::int64_t owners, store::count_owners(tx));
    if (owners > 0) return has_owner();
    MIZAN_TRY(const store::InviteRow link, open_link(tx, hash, now));
    MIZAN_TRY(const bool is_made, store::insert_account(tx, owner));
    if (!is_made) return fail(ErrorCode::conflict, "there is an account with this e-mail address", "email");
    MIZAN_CHECK_OK(
        join(tx, {.account = owner.account_id, .membership = kFirstOwner, .annotator_id = {}, .at = now}));
    MIZAN_CHECK_OK(store::accept_invite(tx, link.invite_id, now));
    return record_audit(tx, caller, {.at = now, .action = "set_up", .subject = to_text(owner.account_id)});
  }));
  forget_callers(service);
  return make_session(service, owner, command.origin);
}

}  // namespace mizan::app
