#include "mizan/app/accounts/members.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/access/memberships.h"
#include "mizan/app/accounts/new_account.h"
#include "mizan/app/accounts/password_pool.h"
#include "mizan/app/service.h"
#include "mizan/secrets/password.h"
#include "mizan/store/access/accounts.h"
#include "mizan/store/access/api_keys.h"
#include "mizan/store/access/invites.h"
#include "mizan/store/access/sessions.h"

namespace mizan::app {
namespace {

using Work = std::function<Result<void>(store::Transaction&)>;

tl::unexpected<Error> no_account() {
  return fail(ErrorCode::not_found, "there is no such account", "account_id");
}

/// After a change: there must be an owner left who can sign in.
Result<void> keep_an_owner(store::Transaction& tx) {
  MIZAN_TRY(const std::int64_t owners, store::count_owners(tx));
  if (owners == 0)
    return fail(ErrorCode::conflict, "this is the last owner", {}, "make somebody else an owner first");
  return {};
}

/// Runs `work` and keeps an entry of the audit log of it; forgets who is signed in.
Result<void> change_and_note(Service& service, const Caller& caller, const AuditNote& note,
                             const Work& work) {
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const std::int64_t owners, store::lock_owners(tx));
    MIZAN_CHECK_OK(work(tx));
    if (owners > 0) {
      MIZAN_CHECK_OK(keep_an_owner(tx));
    }
    return record_audit(tx, caller, note);
  }));
  forget_callers(service);
  return {};
}

Result<void> check_may_give(const Caller& caller, const rules::Membership& membership) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_members, rules::kOrganisation));
  if (!rules::may_give(caller.memberships, membership))
    return fail(ErrorCode::forbidden, "this account may not give or take this role there", "role");
  return {};
}

Result<void> set_state(Service& service, const Caller& caller, domain::AccountId account, bool is_suspended) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::suspend_account, rules::kOrganisation));
  const std::string subject = to_text(account);
  const AuditNote note{
      .at = service.now(), .action = is_suspended ? "suspend_account" : "resume_account", .subject = subject};
  return change_and_note(service, caller, note, [&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const bool is_set,
              store::set_account_state(tx, account, is_suspended ? "suspended" : "active"));
    if (!is_set) return no_account();
    return is_suspended ? store::delete_other_sessions(tx, account, {}) : Result<void>{};
  });
}

/// An annotator's name is its supplier's and the owner's to know.
void blank_what_is_not_to_be_known(const Caller& caller, store::MemberRow& member) {
  if (member.membership.role != "annotator") return;
  const auto grant = rules::allowed_for_row(caller.memberships, rules::Action::read_annotator_identity,
                                            rules::at(domain::SupplierId{member.membership.scope_id}));
  if (grant.covers(domain::SupplierId{member.membership.scope_id})) return;
  member.email.reset();
  member.name.clear();
}

}  // namespace

Result<std::vector<store::MemberRow>> list_members(Service& service, const Caller& caller,
                                                   const MemberQuery& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_members, rules::kOrganisation));
  const rules::Scope scope = query.scope.value_or(rules::kOrganisation);
  if (!rules::allowed_for_row(caller.memberships, rules::Action::list_members, scope))
    return fail(ErrorCode::forbidden, "no role of this account shows the members there", {},
                "ask for the members of a project or supplier of yours: ?project_id= or ?supplier_id=");
  MIZAN_TRY(auto members, service.database().read([&](store::Transaction& tx) {
    if (!query.scope) return store::members_after(tx, query.after, query.limit);
    const RoleAtScope place = role_at_scope({rules::Role::owner, scope});
    return store::members_at_scope(tx, {.scope = place.scope,
                                        .scope_id = place.scope_id,
                                        .after = query.after.account_id,
                                        .after_role = query.after.role,
                                        .limit = query.limit});
  }));
  for (store::MemberRow& member : members) blank_what_is_not_to_be_known(caller, member);
  return members;
}

Result<void> give_role(Service& service, const Caller& caller, domain::AccountId account,
                       const rules::Membership& membership) {
  MIZAN_CHECK_OK(check_may_give(caller, membership));
  if (membership.role == rules::Role::annotator)
    return fail(ErrorCode::invalid_argument, "annotators come by invitation", "role", "POST /api/v1/invites");
  const std::string subject = to_text(account);
  const std::string details = membership_details(membership);
  const AuditNote note{.at = service.now(), .action = "give_role", .subject = subject, .details = details};
  return change_and_note(service, caller, note, [&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto row, store::find_account(tx, account));
    if (!row || row->state == "erased") return no_account();
    return join(tx, {.account = account, .membership = membership, .annotator_id = {}, .at = note.at});
  });
}

Result<void> take_role(Service& service, const Caller& caller, domain::AccountId account,
                       const rules::Membership& membership) {
  MIZAN_CHECK_OK(check_may_give(caller, membership));
  const std::string subject = to_text(account);
  const std::string details = membership_details(membership);
  const AuditNote note{.at = service.now(), .action = "take_role", .subject = subject, .details = details};
  return change_and_note(service, caller, note, [&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const bool was_held, store::delete_membership(tx, membership_row(account, membership, {})));
    if (!was_held) return fail(ErrorCode::not_found, "the account does not hold this role there", "role");
    return {};
  });
}

Result<void> suspend_account(Service& service, const Caller& caller, domain::AccountId account) {
  return set_state(service, caller, account, true);
}

Result<void> resume_account(Service& service, const Caller& caller, domain::AccountId account) {
  return set_state(service, caller, account, false);
}

Result<void> erase_account(Service& service, const Caller& caller, domain::AccountId account) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::erase_account, rules::kOrganisation));
  const std::string subject = to_text(account);
  const AuditNote note{.at = service.now(), .action = "erase_account", .subject = subject};
  return change_and_note(service, caller, note, [&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto row, store::find_account(tx, account));
    if (!row) return no_account();
    if (row->email) {
      MIZAN_CHECK_OK(store::blank_invites_of_email(tx, *row->email, note.at));
    }
    MIZAN_CHECK_OK(store::erase_account(tx, account));
    MIZAN_CHECK_OK(store::delete_memberships_of_account(tx, account));
    MIZAN_CHECK_OK(store::delete_other_sessions(tx, account, {}));
    return store::revoke_api_keys_of_account(tx, account, note.at);
  });
}

Result<void> reset_password(Service& service, const Caller& caller, const PasswordReset& reset) {
  if (!caller.is_system)
    return fail(ErrorCode::forbidden, "only the server's own terminal resets passwords", {},
                "change your own password instead");
  MIZAN_TRY(const auto row, service.database().read([&](store::Transaction& tx) {
    return store::find_account(tx, reset.account);
  }));
  if (!row || row->state == "erased") return no_account();
  MIZAN_CHECK_OK(secrets::check_password(reset.password, row->email.value_or("")));
  MIZAN_TRY(const std::string hash, service.shared<PasswordPool>().hash(reset.password));
  const std::string subject = to_text(reset.account);
  const AuditNote note{.at = service.now(), .action = "reset_password", .subject = subject};
  return change_and_note(service, caller, note, [&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::set_password_hash(tx, reset.account, hash));
    return store::delete_other_sessions(tx, reset.account, {});
  });
}

}  // namespace mizan::app
