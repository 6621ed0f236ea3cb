#include "mizan/store/access/accounts.h"

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/api_keys.h"
#include "mizan/app/accounts/invites.h"
#include "mizan/app/accounts/members.h"
#include "mizan/app/accounts/profile.h"
#include "mizan/app/accounts/second_factor.h"
#include "mizan/app/accounts/set_up.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/app/service.h"
#include "mizan/secrets/totp.h"
#include "mizan/store/projects/annotators.h"
#include "mizan/store/projects/suppliers.h"
#include "support/test_database.h"

namespace mizan::app {
namespace {

constexpr Instant kStart{1'800'000'000'000'000};
constexpr const char* kPassword = "correct horse battery";
constexpr const char* kOwnerEmail = "noura@example.org";

class Accounts : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>(ServiceParts{.database = database(), .clock = clock_});
  }

  Service& service() { return *service_; }

  SignedIn make_owner() {
    const auto token = make_set_up_token(service()).value();
    return set_up(service(),
                  {.token = *token,
                   .account = {.email = "Noura@example.org ", .name = "Noura", .password = kPassword},
                   .origin = {.address = "203.0.113.1", .agent = "test"}})
        .value();
  }

  Caller caller_of(const SignedIn& signed_in) {
    return *authenticate(service(), {.session_token = signed_in.token, .address = "203.0.113.1"}).value();
  }

  Result<SignedIn> try_sign_in(const std::string& password, const std::string& code = {},
                               const std::string& address = "203.0.113.1") {
    return sign_in(service(),
                   {.email = kOwnerEmail, .password = password, .totp_code = code, .address = address});
  }

  domain::SupplierId make_supplier(const std::string& name) {
    const auto id = service().ids().make<domain::SupplierId>();
    const auto made = database().write([&](store::Transaction& tx) {
      return store::insert_supplier(
          tx, {.supplier_id = id, .name = name, .kind = "crowd", .state = "active", .created_at = kStart});
    });
    EXPECT_TRUE(made.has_value() && *made);
    return id;
  }

  SignedIn join_as(const Caller& inviter, const std::string& email, const rules::Membership& membership) {
    const auto invite = create_invite(service(), inviter, {.email = email, .membership = membership}).value();
    return accept_invite(service(), {.token = invite.token,
                                     .name = "Somebody",
                                     .credentials = {.password = kPassword, .address = "203.0.113.9"}})
        .value();
  }

  AuditVerdict verify() {
    return database().read([](store::Transaction& tx) { return verify_audit_chain(tx); }).value();
  }

  ManualClock clock_{kStart};
  std::unique_ptr<Service> service_;
};
MIZAN_ON_EACH_DATABASE(Accounts);

TEST_P(Accounts, first_owner_is_made_once_by_the_token_of_the_terminal) {
  EXPECT_TRUE(needs_set_up(service()).value());
  const auto token = make_set_up_token(service()).value();
  const auto other = make_set_up_token(service()).value();
  ASSERT_TRUE(token && other);
  app::SetUp command{.token = "wrong", .account = {.email = kOwnerEmail, .name = "Noura", .password = kPassword}};
  EXPECT_EQ(set_up(service(), command).error().code, ErrorCode::link_expired);
  command.token = *token;
  command.account.password = "short";
  EXPECT_EQ(set_up(service(), command).error().code, ErrorCode::weak_password);
  command.account.password = kPassword;
  const auto owner = set_up(service(), command);
  ASSERT_TRUE(owner) << to_string(owner.error());
  EXPECT_FALSE(needs_set_up(service()).value());
  EXPECT_FALSE(make_set_up_token(service()).value());
  command.token = *other;
  EXPECT_EQ(set_up(service(), command).error().code, ErrorCode::conflict);
  EXPECT_TRUE(authorize(caller_of(*owner), rules::Action::create_project, rules::kOrganisation));
}

TEST_P(Accounts, sign_in_tells_a_stranger_nothing) {
  make_owner();
  const auto wrong = try_sign_in("wrong password here");
  const auto unknown = sign_in(service(), {.email = "nobody@example.org", .password = "wrong password here"});
  ASSERT_FALSE(wrong);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(to_string(wrong.error()), to_string(unknown.error()));
  EXPECT_EQ(wrong.error().code, ErrorCode::not_authenticated);
  EXPECT_TRUE(try_sign_in(kPassword));
}

TEST_P(Accounts, guessing_is_slowed_for_the_guesser_alone) {
  make_owner();
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(try_sign_in("wrong password here"));
  EXPECT_EQ(try_sign_in(kPassword).error().code, ErrorCode::rate_limited);
  EXPECT_TRUE(try_sign_in(kPassword, {}, "198.51.100.4"));
  clock_.advance(seconds(3));
  EXPECT_TRUE(try_sign_in(kPassword));
}

TEST_P(Accounts, session_ends_when_it_is_signed_out_idle_or_old) {
  const SignedIn first = make_owner();
  const SignedIn second = try_sign_in(kPassword).value();
  EXPECT_EQ(list_sessions(service(), caller_of(first)).value().size(), 2U);
  ASSERT_TRUE(sign_out(service(), caller_of(second)));
  EXPECT_EQ(authenticate(service(), {.session_token = second.token}).error().code,
            ErrorCode::not_authenticated);
  for (int day = 0; day < 29; ++day) {
    clock_.advance(seconds(24 * 3600));
    ASSERT_TRUE(authenticate(service(), {.session_token = first.token})) << "used every day, on day " << day;
    // The note of the use is written behind the request's back; a write after it waits for it.
    ASSERT_TRUE(database().write([](store::Transaction&) { return Result<int>(0); }));
  }
  clock_.advance(seconds(2 * 24 * 3600));
  EXPECT_FALSE(authenticate(service(), {.session_token = first.token})) << "30 days are the longest";
  const SignedIn third = try_sign_in(kPassword).value();
  clock_.advance(seconds(7 * 24 * 3600 + 1));
  EXPECT_FALSE(authenticate(service(), {.session_token = third.token})) << "idle for a week";
}

TEST_P(Accounts, session_needs_its_csrf_token_and_a_key_does_not) {
  const SignedIn owner = make_owner();
  const Caller caller = caller_of(owner);
  EXPECT_TRUE(check_csrf(caller, owner.csrf_token));
  EXPECT_EQ(check_csrf(caller, "").error().code, ErrorCode::csrf_token_wrong);
  EXPECT_EQ(check_csrf(caller, owner.token).error().code, ErrorCode::csrf_token_wrong);
  const auto key =
      create_api_key(service(), caller, {.name = "ci", .membership = {rules::Role::owner, {}}}).value();
  EXPECT_TRUE(check_csrf(*authenticate(service(), {.api_key = key.secret}).value(), ""));
}

TEST_P(Accounts, second_factor_is_asked_for_once_it_is_confirmed) {
  const SignedIn owner = make_owner();
  const Caller caller = caller_of(owner);
  ASSERT_TRUE(enrol_totp(service(), caller));
  EXPECT_TRUE(try_sign_in(kPassword)) << "not before it is confirmed";
  const auto row =
      database().read([&](store::Transaction& tx) { return store::find_account(tx, caller.account); });
  const store::Blob secret = row.value()->totp_pending.value();
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size());
  const auto code = [&] { return secrets::totp_code(bytes, secrets::totp_step(clock_.now())); };
  EXPECT_EQ(confirm_totp(service(), caller, "000000").error().where, "totp_code");
  const auto recovery = confirm_totp(service(), caller, code()).value();
  EXPECT_EQ(recovery.size(), 10U);

  const auto asked = try_sign_in(kPassword);
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().where, "totp_code");
  EXPECT_TRUE(try_sign_in(kPassword, code()));
  EXPECT_FALSE(try_sign_in(kPassword, code())) << "a code works once";
  clock_.advance(seconds(31));
  EXPECT_TRUE(try_sign_in(kPassword, code()));

  SignIn by_recovery{.email = kOwnerEmail, .password = kPassword, .recovery_code = recovery[3]};
  EXPECT_TRUE(sign_in(service(), by_recovery));
  EXPECT_FALSE(sign_in(service(), by_recovery)) << "so does a recovery code";
  EXPECT_EQ(disable_totp(service(), caller, "wrong password here").error().code,
            ErrorCode::not_authenticated);
  EXPECT_TRUE(disable_totp(service(), caller, kPassword));
  EXPECT_TRUE(try_sign_in(kPassword));
}

TEST_P(Accounts, changed_password_ends_the_other_sessions) {
  const SignedIn first = make_owner();
  const SignedIn second = try_sign_in(kPassword).value();
  const Caller caller = caller_of(first);
  ASSERT_TRUE(authenticate(service(), {.session_token = second.token}));
  EXPECT_EQ(change_password(service(), caller, {.old_password = "wrong", .new_password = "another long one"})
                .error()
                .code,
            ErrorCode::not_authenticated);
  ASSERT_TRUE(
      change_password(service(), caller, {.old_password = kPassword, .new_password = "another long one"}));
  EXPECT_TRUE(authenticate(service(), {.session_token = first.token}));
  EXPECT_FALSE(authenticate(service(), {.session_token = second.token}));
  EXPECT_TRUE(try_sign_in("another long one"));
}

TEST_P(Accounts, profile_is_edited_by_version) {
  const SignedIn owner = make_owner();
  const Caller caller = caller_of(owner);
  const auto profile = read_profile(service(), caller).value();
  ProfileEdit edit{.version = profile.version, .name = "نورة", .language = "ar"};
  EXPECT_EQ(change_profile(service(), caller, edit)->language, "ar");
  EXPECT_EQ(change_profile(service(), caller, edit).error().code, ErrorCode::precondition_failed);
  edit.language = "xx";
  EXPECT_EQ(change_profile(service(), caller, edit).error().code, ErrorCode::invalid_argument);
}

TEST_P(Accounts, invite_makes_account_membership_and_annotator) {
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

TEST_P(Accounts, invite_works_once_and_only_within_the_inviters_rights) {
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

TEST_P(Accounts, invited_account_that_exists_joins_by_its_own_password) {
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

TEST_P(Accounts, key_has_its_role_while_its_maker_has_it) {
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

TEST_P(Accounts, expired_revoked_and_malformed_keys_are_refused) {
  const Caller owner = caller_of(make_owner());
  const auto ends =
      create_api_key(
          service(), owner,
          {.name = "short", .membership = {rules::Role::auditor, {}}, .expires_at = kStart + seconds(60)})
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

TEST_P(Accounts, known_caller_is_forgotten_at_once_when_rights_change) {
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

TEST_P(Accounts, last_owner_stays) {
  const Caller owner = caller_of(make_owner());
  EXPECT_EQ(take_role(service(), owner, owner.account, {rules::Role::owner, {}}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(suspend_account(service(), owner, owner.account).error().code, ErrorCode::conflict);
  EXPECT_EQ(erase_account(service(), owner, owner.account).error().code, ErrorCode::conflict);
  const SignedIn second = join_as(owner, "o2@example.org", {rules::Role::owner, rules::kOrganisation});
  EXPECT_TRUE(take_role(service(), caller_of(second), owner.account, {rules::Role::owner, {}}));
}

TEST_P(Accounts, erased_account_leaves_no_personal_datum_and_its_annotator_stays) {
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

TEST_P(Accounts, members_of_a_supplier_are_seen_by_its_manager_and_nobody_elses) {
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

// What somebody with the database in hand might do to the log, and that it is found.
TEST_P(Accounts, every_wound_of_the_audit_log_is_found) {
  const Caller owner = caller_of(make_owner());
  for (int i = 0; i < 4; ++i)
    ASSERT_TRUE(create_invite(service(), owner,
                              {.email = "x@example.org", .membership = {rules::Role::auditor, {}}}));
  const AuditVerdict whole = verify();
  ASSERT_TRUE(whole.problem.empty()) << whole.problem;
  EXPECT_EQ(whole.entry_count, 5);

  const auto problem_after = [&](const std::vector<store::Query>& wounds) {
    std::string problem;
    // Undone again: a wound must not outlive its case.
    (void)database().write([&](store::Transaction& tx) -> Result<void> {
      for (const store::Query& wound : wounds) MIZAN_CHECK_OK(tx.execute(wound));
      MIZAN_TRY(const AuditVerdict verdict, verify_audit_chain(tx));
      problem = verdict.problem;
      return fail(ErrorCode::cancelled, "undone");
    });
    return problem;
  };
  EXPECT_EQ(problem_after({}), "");
  EXPECT_NE(problem_after({{"w1", "UPDATE audit_entries SET actor = 'acc_X' WHERE entry_number = 3"}}), "");
  EXPECT_NE(problem_after({{"w2", "UPDATE audit_entries SET details = '{}' WHERE entry_number = 3"}}), "");
  EXPECT_NE(problem_after({{"w3", "DELETE FROM audit_entries WHERE entry_number = 3"}}), "");
  EXPECT_NE(problem_after({{"w4", "DELETE FROM audit_entries WHERE entry_number = 1"}}), "");
  EXPECT_NE(problem_after({{"w5", "DELETE FROM audit_entries WHERE entry_number = 5"}}), "");
  EXPECT_NE(problem_after({{"w6", "DELETE FROM audit_entries"}}), "");
  EXPECT_NE(problem_after({{"w7", "UPDATE audit_entries SET entry_number = 99 WHERE entry_number = 3"},
                           {"w8", "UPDATE audit_entries SET entry_number = 3 WHERE entry_number = 4"},
                           {"w9", "UPDATE audit_entries SET entry_number = 4 WHERE entry_number = 99"}}),
            "");
  EXPECT_NE(problem_after({{"w10", "UPDATE audit_head SET entry_number = 6"}}), "");
  EXPECT_TRUE(verify().problem.empty());
}

TEST_P(Accounts, audit_log_is_listed_newest_first_by_cursor) {
  const Caller owner = caller_of(make_owner());
  for (int i = 0; i < 4; ++i)
    ASSERT_TRUE(create_invite(service(), owner,
                              {.email = "x@example.org", .membership = {rules::Role::auditor, {}}}));
  std::vector<std::int64_t> numbers;
  std::optional<std::int64_t> before;
  do {
    const AuditPage page = list_audit_entries(service(), owner, before, 2).value();
    for (const auto& entry : page.entries) numbers.push_back(entry.entry_number);
    before = page.next;
  } while (before);
  EXPECT_EQ(numbers, (std::vector<std::int64_t>{5, 4, 3, 2, 1}));
  const Caller lead =
      caller_of(join_as(owner, "l@example.org", {rules::Role::data_lead, rules::kOrganisation}));
  EXPECT_EQ(list_audit_entries(service(), lead, {}, 2).error().code, ErrorCode::forbidden);
}

TEST_P(Accounts, emails_are_read_as_people_write_them) {
  EXPECT_EQ(normal_email("  Noura@Example.ORG ").value(), "noura@example.org");
  for (const char* text : {"", "noura", "@example.org", "noura@", "a@b@c", "a b@c", "<a@b.c>"})
    EXPECT_FALSE(normal_email(text)) << text;
}

}  // namespace
}  // namespace mizan::app
