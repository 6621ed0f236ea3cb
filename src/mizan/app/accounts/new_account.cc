#include "mizan/app/accounts/new_account.h"

#include <optional>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/access/memberships.h"
#include "mizan/app/accounts/password_pool.h"
#include "mizan/app/accounts/profile.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/app/service.h"
#include "mizan/secrets/password.h"
#include "mizan/store/projects/annotators.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/suppliers.h"

namespace mizan::app {
namespace {

Result<void> become_annotator(store::Transaction& tx, const Joining& joining) {
  const domain::SupplierId supplier = joining.membership.scope.supplier;
  MIZAN_TRY(const auto known, store::find_annotator_of_account(tx, joining.account));
  if (known && known->supplier_id == supplier) return {};
  store::AnnotatorRow row{.annotator_id = joining.annotator_id,
                          .supplier_id = supplier,
                          .contributor_id = to_text(joining.annotator_id),
                          .account_id = joining.account,
                          .state = "active",
                          .created_at = joining.at};
  bool is_made = false;
  if (!known) {
    MIZAN_TRY(is_made, store::insert_annotator(tx, row));
  }
  if (!is_made)
    return fail(ErrorCode::conflict, "this account is an annotator of another supplier already", {},
                "use another e-mail address for this supplier");
  return {};
}

}  // namespace

Result<store::AccountRow> prepare_account(Service& service, const NewAccount& account) {
  MIZAN_TRY(std::string email, normal_email(account.email));
  MIZAN_CHECK_OK(check_name(account.name));
  MIZAN_CHECK_OK(check_language(account.language));
  MIZAN_CHECK_OK(secrets::check_password(account.password, email));
  MIZAN_TRY(std::string hash, service.shared<PasswordPool>().hash(account.password));
  return store::AccountRow{.account_id = service.ids().make<domain::AccountId>(),
                           .email = std::move(email),
                           .name = account.name,
                           .password_hash = std::move(hash),
                           .language = account.language,
                           .created_at = service.now()};
}

Result<void> check_scope_exists(store::Transaction& tx, const rules::Scope& scope) {
  if (scope.project.value != 0) {
    MIZAN_TRY(const auto project, store::find_project(tx, scope.project));
    if (!project) return fail(ErrorCode::not_found, "there is no such project", "project_id");
  }
  if (scope.supplier.value != 0) {
    MIZAN_TRY(const auto supplier, store::find_supplier(tx, scope.supplier));
    if (!supplier) return fail(ErrorCode::not_found, "there is no such supplier", "supplier_id");
  }
  return {};
}

Result<void> join(store::Transaction& tx, const Joining& joining) {
  MIZAN_CHECK_OK(check_scope_exists(tx, joining.membership.scope));
  if (joining.membership.role == rules::Role::annotator) {
    MIZAN_CHECK_OK(become_annotator(tx, joining));
  }
  return store::insert_membership(tx, membership_row(joining.account, joining.membership, joining.at));
}

std::string membership_details(const rules::Membership& membership) {
  const RoleAtScope row = role_at_scope(membership);
  boost::json::object details{{"role", row.role}, {"scope", row.scope}};
  if (membership.scope.project.value != 0) details["project_id"] = to_text(membership.scope.project);
  if (membership.scope.supplier.value != 0) details["supplier_id"] = to_text(membership.scope.supplier);
  return boost::json::serialize(details);
}

Result<store::AccountRow> add_account(Service& service, const Caller& caller, const NewAccount& account,
                                      const rules::Membership& membership) {
  if (!caller.is_system)
    return fail(ErrorCode::forbidden, "accounts are made by invitation", {}, "invite the person instead");
  if (!rules::can_be_held(membership))
    return fail(
        ErrorCode::invalid_argument, "this role cannot be held there", "role",
        "owner: organisation; annotator, supplier_manager: a supplier; others: organisation or a project");
  MIZAN_TRY(store::AccountRow row, prepare_account(service, account));
  const auto annotator = service.ids().make<domain::AnnotatorId>();
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const bool is_made, store::insert_account(tx, row));
    if (!is_made) return fail(ErrorCode::conflict, "there is an account with this e-mail address", "email");
    MIZAN_CHECK_OK(join(tx, {.account = row.account_id,
                             .membership = membership,
                             .annotator_id = annotator,
                             .at = row.created_at}));
    const std::string details = membership_details(membership);
    return record_audit(tx, caller,
                        {.at = row.created_at,
                         .action = "add_account",
                         .subject = to_text(row.account_id),
                         .details = details});
  }));
  return row;
}

}  // namespace mizan::app
