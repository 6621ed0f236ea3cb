#include "mizan/app/accounts/members.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/api_keys.h"
#include "mizan/app/accounts/invites.h"
#include "mizan/app/accounts/profile.h"
#include "mizan/app/projects/annotators.h"
#include "mizan/store/access/accounts.h"
#include "mizan/store/projects/annotators.h"
#include "support/accounts_world.h"

namespace mizan::app {
namespace {

using test::kAccountsStart;
using test::kPassword;

class Members : public test::AccountsWorld {};
MIZAN_ON_EACH_DATABASE(Members);

TEST_P(Members, invite_makes_account_membership_and_annotator) {
  const Caller owner = caller_of(make_owner());
  const auto supplier = make_supplier("Crowd");
  const SignedIn manager =
      join_as(owner, "manager@example.org", {rules::Role::supplier_manager, rules::at(supplier)});
  const SignedIn annotator =
      join_as(caller_of(manager), "annotator@example.org", {rules::Role::annotator, rules::at(supplier)});
  const Caller caller = caller_of(annotator);
  ASSERT_TRUE(caller.annotator);
  EXPECT_EQ(caller.supplier, supplier);
  EXPECT_FALSE(authorize(caller, rules::Action::create_project, rules::kOrganisation));
}

TEST_P(Members, invite_works_once_and_only_within_the_inviters_rights) {
  const Caller owner = caller_of(make_owner());
  const auto supplier = make_supplier("Crowd");
  const auto other = make_supplier("Experts");
  const Caller manager =
      caller_of(join_as(owner, "manager@example.org", {rules::Role::supplier_manager, rules::at(supplier)}));
  const auto tries = [&](const rules::Membership& membership) {
    const auto made = create_invite(service(), manager, {.email = "x@example.org", .membership = membership});
    return made ? std::string("made") : std::string(error_name(made.error().code));
  };
  EXPECT_EQ(tries({rules::Role::annotator, rules::at(supplier)}), "made");
  EXPECT_EQ(tries({rules::Role::annotator, rules::at(other)}), "forbidden");
  EXPECT_EQ(tries({rules::Role::data_lead, rules::kOrganisation}), "forbidden");
  EXPECT_EQ(tries({rules::Role::annotator, rules::kOrganisation}), "invalid_argument");
  EXPECT_EQ(create_invite(service(), owner,
                          {.email = "x@example.org",
                           .membership = {rules::Role::annotator, rules::at(domain::SupplierId{77})}})
                .error()
                .code,
            ErrorCode::not_found);

  const auto invite = create_invite(service(), owner,
                                    {.email = "lead@example.org", .membership = {rules::Role::data_lead, {}}})
                          .value();
  const AcceptInvite accept{.token = invite.token, .name = "Lead", .credentials = {.password = kPassword}};
  EXPECT_FALSE(look_at_invite(service(), invite.token)->has_account);
  EXPECT_TRUE(accept_invite(service(), accept));
  EXPECT_EQ(accept_invite(service(), accept).error().code, ErrorCode::link_expired);

  const auto visible = list_invites(service(), manager, {}, 100).value().invites;
  ASSERT_EQ(visible.size(), 1U);
  EXPECT_EQ(visible.front().scope_id, supplier.value);
  EXPECT_TRUE(revoke_invite(service(), manager, visible.front().invite_id));
  EXPECT_EQ(revoke_invite(service(), manager, invite.invite.invite_id).error().code, ErrorCode::not_found);

  const auto old =
      create_invite(service(), owner, {.email = "late@example.org", .membership = {rules::Role::auditor, {}}})
          .value();
  clock_.advance(seconds(7 * 24 * 3600 + 1));
  EXPECT_EQ(look_at_invite(service(), old.token).error().code, ErrorCode::link_expired);
}

TEST_P(Members, invited_account_that_exists_joins_by_its_own_password) {
  const Caller owner = caller_of(make_owner());
  const auto supplier = make_supplier("Crowd");
  join_as(owner, "two@example.org", {rules::Role::reviewer, rules::kOrganisation});
  const auto invite = create_invite(service(), owner,
                                    {.email = "two@example.org",
                                     .membership = {rules::Role::supplier_manager, rules::at(supplier)}})
                          .value();
  EXPECT_TRUE(look_at_invite(service(), invite.token)->has_account);
  AcceptInvite accept{.token = invite.token, .credentials = {.password = "wrong password here"}};
  EXPECT_EQ(accept_invite(service(), accept).error().code, ErrorCode::not_authenticated);
  accept.credentials.password = kPassword;
  const auto joined = accept_invite(service(), accept);
  ASSERT_TRUE(joined) << to_string(joined.error());
  EXPECT_EQ(caller_of(*joined).memberships.size(), 2U);
}

TEST_P(Members, key_has_its_role_while_its_maker_has_it) {
  const Caller owner = caller_of(make_owner());
  const SignedIn lead_session =
      join_as(owner, "lead@example.org", {rules::Role::data_lead, rules::kOrganisation});
  const Caller lead = caller_of(lead_session);
  EXPECT_EQ(
      create_api_key(service(), lead, {.name = "ci", .membership = {rules::Role::owner, {}}}).error().code,
      ErrorCode::forbidden);
  const auto key =
      create_api_key(service(), lead, {.name = "ci", .membership = {rules::Role::data_lead, {}}}).value();
  const auto by_key = authenticate(service(), {.api_key = key.secret}).value();
  EXPECT_TRUE(authorize(*by_key, rules::Action::create_project, rules::kOrganisation));
  EXPECT_EQ(create_api_key(service(), *by_key, {.name = "x", .membership = {rules::Role::data_lead, {}}})
                .error()
                .code,
            ErrorCode::forbidden)
      << "a key makes no keys";

  ASSERT_TRUE(take_role(service(), owner, lead.account, {rules::Role::data_lead, {}}));
  const auto later = authenticate(service(), {.api_key = key.secret}).value();
  EXPECT_EQ(authorize(*later, rules::Action::create_project, rules::kOrganisation).error().code,
            ErrorCode::forbidden);
}

TEST_P(Members, expired_revoked_and_malformed_keys_are_refused) {
  const Caller owner = caller_of(make_owner());
  const auto ends = create_api_key(service(), owner,
                                   {.name = "short",
                                    .membership = {rules::Role::auditor, {}},
                                    .expires_at = kAccountsStart + seconds(60)})
                        .value();
  const auto revoked =
      create_api_key(service(), owner, {.name = "leaked", .membership = {rules::Role::owner, {}}}).value();
  EXPECT_TRUE(authenticate(service(), {.api_key = ends.secret}));
  EXPECT_TRUE(authenticate(service(), {.api_key = revoked.secret}));
  ASSERT_TRUE(revoke_api_key(service(), owner, revoked.key.api_key_id));
  EXPECT_EQ(authenticate(service(), {.api_key = revoked.secret}).error().code, ErrorCode::not_authenticated);
  clock_.advance(seconds(61));
  EXPECT_EQ(authenticate(service(), {.api_key = ends.secret}).error().code, ErrorCode::not_authenticated);
  EXPECT_FALSE(authenticate(service(), {.api_key = "mz_nonsense"}));
  EXPECT_FALSE(authenticate(service(), {}));
  const auto keys = list_api_keys(service(), owner, {}).value();
  EXPECT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys.front().shown_prefix, ends.secret.substr(0, 11));
}

TEST_P(Members, known_caller_is_forgotten_at_once_when_rights_change) {
  const Caller owner = caller_of(make_owner());
  const SignedIn reviewer = join_as(owner, "r@example.org", {rules::Role::reviewer, rules::kOrganisation});
  const Credentials credentials{.session_token = reviewer.token};
  EXPECT_EQ(known_caller(service(), credentials), nullptr);
  ASSERT_TRUE(authenticate(service(), credentials));
  EXPECT_NE(known_caller(service(), credentials), nullptr);
  ASSERT_TRUE(suspend_account(service(), owner, reviewer.account.account_id));
  EXPECT_EQ(known_caller(service(), credentials), nullptr);
  EXPECT_FALSE(authenticate(service(), credentials));
  ASSERT_TRUE(resume_account(service(), owner, reviewer.account.account_id));
  EXPECT_FALSE(authenticate(service(), credentials)) << "the sessions are gone for good";
  EXPECT_TRUE(sign_in(service(), {.email = "r@example.org", .password = kPassword}));
}

TEST_P(Members, last_owner_stays) {
  const Caller owner = caller_of(make_owner());
  EXPECT_EQ(take_role(service(), owner, owner.account, {rules::Role::owner, {}}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(suspend_account(service(), owner, owner.account).error().code, ErrorCode::conflict);
  EXPECT_EQ(erase_account(service(), owner, owner.account).error().code, ErrorCode::conflict);
  const SignedIn second = join_as(owner, "o2@example.org", {rules::Role::owner, rules::kOrganisation});
  EXPECT_TRUE(take_role(service(), caller_of(second), owner.account, {rules::Role::owner, {}}));
}

TEST_P(Members, erased_account_leaves_no_personal_datum_and_its_annotator_stays) {
  const Caller owner = caller_of(make_owner());
  const auto supplier = make_supplier("Crowd");
  const SignedIn annotator =
      join_as(owner, "gone@example.org", {rules::Role::annotator, rules::at(supplier)});
  const auto account = annotator.account.account_id;
  ASSERT_TRUE(erase_account(service(), owner, account));
  EXPECT_FALSE(authenticate(service(), {.session_token = annotator.token}));
  EXPECT_FALSE(sign_in(service(), {.email = "gone@example.org", .password = kPassword}));
  const auto row = database()
                       .read([&](store::Transaction& tx) { return store::find_account(tx, account); })
                       .value()
                       .value();
  EXPECT_FALSE(row.email);
  EXPECT_EQ(row.name, "");
  EXPECT_EQ(row.password_hash, "");
  const auto kept =
      database().read([&](store::Transaction& tx) { return store::find_annotator_of_account(tx, account); });
  EXPECT_TRUE(kept.value());
  EXPECT_EQ(resume_account(service(), owner, account).error().code, ErrorCode::not_found);
  EXPECT_TRUE(verify().problem.empty()) << verify().problem;
}

TEST_P(Members, members_of_a_supplier_are_seen_by_its_manager_and_nobody_elses) {
  const Caller owner = caller_of(make_owner());
  const auto supplier = make_supplier("Crowd");
  const auto other = make_supplier("Experts");
  const Caller manager =
      caller_of(join_as(owner, "m@example.org", {rules::Role::supplier_manager, rules::at(supplier)}));
  join_as(owner, "a@example.org", {rules::Role::annotator, rules::at(supplier)});
  const Caller lead =
      caller_of(join_as(owner, "l@example.org", {rules::Role::data_lead, rules::kOrganisation}));
  EXPECT_EQ(list_members(service(), owner, {}).value().size(), 4U);
  EXPECT_EQ(list_members(service(), manager, {.scope = rules::at(supplier)}).value().size(), 2U);
  EXPECT_EQ(list_members(service(), manager, {.scope = rules::at(other)}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(list_members(service(), manager, {}).error().code, ErrorCode::forbidden);
  const auto seen = list_members(service(), lead, {.scope = rules::at(supplier)}).value();
  for (const auto& member : seen)
    EXPECT_EQ(member.name.empty(), member.membership.role == "annotator")
        << "annotators have no name for the lab";
}

TEST_P(Members, an_annotators_name_is_the_owners_the_suppliers_and_its_own_to_know) {
  const Caller owner = caller_of(make_owner());
  const auto supplier = make_supplier("Crowd");
  const Caller manager =
      caller_of(join_as(owner, "manager@example.org", {rules::Role::supplier_manager, rules::at(supplier)}));
  const Caller lead = caller_of(join_as(owner, "lead@example.org", {rules::Role::data_lead, {}}));
  const Caller annotator =
      caller_of(join_as(manager, "annotator@example.org", {rules::Role::annotator, rules::at(supplier)}));
  const auto seen_by = [&](const Caller& caller) {
    const auto listed = list_annotators(service(), caller, {.supplier_id = supplier}).value();
    EXPECT_EQ(listed.size(), 1U);
    EXPECT_EQ(read_annotator(service(), caller, *annotator.annotator)->name, listed.front().name);
    EXPECT_EQ(listed.front().contributor_id, to_text(*annotator.annotator)) << "a pseudonym, not an account";
    return listed.front().name;
  };
  const std::string name = read_profile(service(), annotator)->name;
  ASSERT_FALSE(name.empty());
  EXPECT_EQ(seen_by(owner), name);
  EXPECT_EQ(seen_by(manager), name);
  EXPECT_EQ(seen_by(annotator), name);
  EXPECT_EQ(seen_by(lead), "") << "for the lab, annotators have no name";
}

}  // namespace
}  // namespace mizan::app
