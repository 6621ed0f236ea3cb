#include "mizan/app/accounts/invites.h"

#include <span>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/access/memberships.h"
#include "mizan/app/service.h"
#include "mizan/secrets/token.h"

namespace mizan::app {
namespace {

constexpr Duration kInviteLife = seconds(7LL * 24 * 3600);
constexpr std::int64_t kChunk = 200;

store::Blob hash_of(std::string_view token) {
  const secrets::Sha256 hash = secrets::sha256(token);
  const auto bytes = std::as_bytes(std::span(hash));
  return {bytes.begin(), bytes.end()};
}

tl::unexpected<Error> expired() {
  return fail(ErrorCode::link_expired, "this invitation was used, revoked, or is too old", "token",
              "ask whoever sent it for a new one");
}

Result<rules::Membership> membership_of_invite(const store::InviteRow& invite) {
  return membership_of({.role = invite.role, .scope = invite.scope, .scope_id = invite.scope_id});
}

/// The invitation with this token, if it can still be used.
Result<store::InviteRow> open_invite(store::Transaction& tx, const store::Blob& hash, Instant now) {
  MIZAN_TRY(auto invite, store::find_invite_by_hash(tx, hash));
  const bool is_open = invite && !invite->email.empty() && !invite->accepted_at && !invite->revoked_at &&
                       invite->expires_at > now;
  if (!is_open) return expired();
  return *std::move(invite);
}

bool is_visible(const Caller& caller, rules::Action action, const store::InviteRow& invite) {
  const auto membership = membership_of_invite(invite);
  return membership && rules::allowed_for_row(caller.memberships, action, membership->scope);
}

Result<SignedIn> accept_with_account(Service& service, const AcceptInvite& command,
                                     const store::InviteRow& invite) {
  SignIn credentials = command.credentials;
  credentials.email = invite.email;
  return sign_in(service, credentials);
}

/// Everything that becomes true by accepting, in one transaction.
struct Acceptance {
  store::AccountRow account;
  bool is_new = false;
  store::InviteRow invite;
  rules::Membership membership;
  domain::AnnotatorId annotator_id;
  Instant at;
};

Result<void> write_acceptance(store::Transaction& tx, const Caller& caller, const Acceptance& acceptance) {
  MIZAN_TRY(const bool is_open, store::accept_invite(tx, acceptance.invite.invite_id, acceptance.at));
  if (!is_open) return expired();
  if (acceptance.is_new) {
    MIZAN_TRY(const bool is_made, store::insert_account(tx, acceptance.account));
    if (!is_made) return fail(ErrorCode::conflict, "there is an account with this e-mail address", "email");
  }
  MIZAN_CHECK_OK(join(tx, {.account = acceptance.account.account_id,
                           .membership = acceptance.membership,
                           .annotator_id = acceptance.annotator_id,
                           .at = acceptance.at}));
  const std::string details = membership_details(acceptance.membership);
  return record_audit(tx, caller,
                      {.at = acceptance.at,
                       .action = "accept_invite",
                       .subject = to_text(acceptance.invite.invite_id),
                       .details = details});
}

}  // namespace

Result<MadeInvite> create_invite(Service& service, const Caller& caller, const NewInvite& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_invites, rules::kOrganisation));
  if (!rules::can_be_held(command.membership))
    return fail(
        ErrorCode::invalid_argument, "this role cannot be held there", "role",
        "owner: organisation; annotator, supplier_manager: a supplier; others: organisation or a project");
  if (!rules::may_give(caller.memberships, command.membership))
    return fail(ErrorCode::forbidden, "this account may not give this role there", "role");
  MIZAN_TRY(std::string email, normal_email(command.email));
  const Instant now = service.now();
  const RoleAtScope role = role_at_scope(command.membership);
  MadeInvite made{.token = secrets::make_token(), .invite = {}};
  made.invite = {.invite_id = service.ids().make<domain::InviteId>(),
                 .secret_hash = hash_of(made.token),
                 .email = std::move(email),
                 .role = std::string(role.role),
                 .scope = std::string(role.scope),
                 .scope_id = role.scope_id,
                 .invited_by = caller.account,
                 .created_at = now,
                 .expires_at = now + kInviteLife};
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(check_scope_exists(tx, command.membership.scope));
    MIZAN_CHECK_OK(store::insert_invite(tx, made.invite));
    const std::string details = membership_details(command.membership);
    return record_audit(tx, caller,
                        {.at = now,
                         .action = "create_invite",
                         .subject = to_text(made.invite.invite_id),
                         .details = details});
  }));
  return made;
}

Result<InvitePage> list_invites(Service& service, const Caller& caller, domain::InviteId after,
                                std::int64_t limit) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_invites, rules::kOrganisation));
  return service.database().read([&](store::Transaction& tx) -> Result<InvitePage> {
    InvitePage page;
    for (domain::InviteId from = after;;) {
      MIZAN_TRY(auto rows, store::open_invites_after(tx, from, kChunk));
      for (store::InviteRow& row : rows) {
        from = row.invite_id;
        if (!is_visible(caller, rules::Action::list_invites, row)) continue;
        page.invites.push_back(std::move(row));
        if (static_cast<std::int64_t>(page.invites.size()) < limit) continue;
        page.next = from;
        return page;
      }
      if (static_cast<std::int64_t>(rows.size()) < kChunk) return page;
    }
  });
}

Result<void> revoke_invite(Service& service, const Caller& caller, domain::InviteId id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_invites, rules::kOrganisation));
  const Instant now = service.now();
  return service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto invite, store::find_invite(tx, id));
    if (!invite || !is_visible(caller, rules::Action::change_invites, *invite))
      return fail(ErrorCode::not_found, "there is no such invitation", "invite_id");
    MIZAN_TRY(const bool is_revoked, store::revoke_invite(tx, id, now));
    if (!is_revoked) return expired();
    return record_audit(tx, caller, {.at = now, .action = "revoke_invite", .subject = to_text(id)});
  });
}

Result<InviteView> look_at_invite(Service& service, std::string_view token) {
  return service.database().read([&](store::Transaction& tx) -> Result<InviteView> {
    MIZAN_TRY(store::InviteRow invite, open_invite(tx, hash_of(token), service.now()));
    MIZAN_TRY(const auto account, store::find_account_by_email(tx, invite.email));
    return InviteView{.invite = std::move(invite), .has_account = account.has_value()};
  });
}

Result<SignedIn> accept_invite(Service& service, const AcceptInvite& command) {
  MIZAN_TRY(const InviteView view, look_at_invite(service, command.token));
  MIZAN_TRY(const rules::Membership membership, membership_of_invite(view.invite));
  Acceptance acceptance{.account = {},
                        .is_new = !view.has_account,
                        .invite = view.invite,
                        .membership = membership,
                        .annotator_id = service.ids().make<domain::AnnotatorId>(),
                        .at = service.now()};
  std::optional<SignedIn> signed_in;
  if (view.has_account) {
    MIZAN_TRY(signed_in, accept_with_account(service, command, view.invite));
    acceptance.account = signed_in->account;
  } else {
    MIZAN_TRY(acceptance.account, prepare_account(service, {.email = view.invite.email,
                                                            .name = command.name,
                                                            .password = command.credentials.password,
                                                            .language = command.language}));
  }
  Caller caller;
  caller.account = acceptance.account.account_id;
  caller.address = command.credentials.address;
  caller.request_id = command.credentials.request_id;
  MIZAN_CHECK_OK(service.database().write(
      [&](store::Transaction& tx) -> Result<void> { return write_acceptance(tx, caller, acceptance); }));
  forget_callers(service);
  if (signed_in) return *std::move(signed_in);
  return make_session(service, acceptance.account,
                      {.address = command.credentials.address, .agent = command.credentials.agent});
}

}  // namespace mizan::app
