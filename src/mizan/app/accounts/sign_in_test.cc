#include "mizan/app/accounts/sign_in.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/api_keys.h"
#include "mizan/app/accounts/profile.h"
#include "mizan/app/accounts/second_factor.h"
#include "mizan/app/accounts/set_up.h"
#include "mizan/secrets/totp.h"
#include "mizan/store/access/accounts.h"
#include "support/accounts_world.h"

namespace mizan::app {
namespace {

using test::kOwnerEmail;
using test::kPassword;

class SigningIn : public test::AccountsWorld {};
MIZAN_ON_EACH_DATABASE(SigningIn);

TEST_P(SigningIn, first_owner_is_made_once_by_the_token_of_the_terminal) {
  EXPECT_TRUE(needs_set_up(service()).value());
  const auto token = make_set_up_token(service()).value();
  const auto other = make_set_up_token(service()).value();
  ASSERT_TRUE(token && other);
  app::SetUp command{.token = "wrong",
                     .account = {.email = kOwnerEmail, .name = "Noura", .password = kPassword}};
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

TEST_P(SigningIn, sign_in_tells_a_stranger_nothing) {
  make_owner();
  const auto wrong = try_sign_in("wrong password here");
  const auto unknown = sign_in(service(), {.email = "nobody@example.org", .password = "wrong password here"});
  ASSERT_FALSE(wrong);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(to_string(wrong.error()), to_string(unknown.error()));
  EXPECT_EQ(wrong.error().code, ErrorCode::not_authenticated);
  EXPECT_TRUE(try_sign_in(kPassword));
}

TEST_P(SigningIn, guessing_is_slowed_for_the_guesser_alone) {
  make_owner();
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(try_sign_in("wrong password here"));
  EXPECT_EQ(try_sign_in(kPassword).error().code, ErrorCode::rate_limited);
  EXPECT_TRUE(try_sign_in(kPassword, {}, "198.51.100.4"));
  clock_.advance(seconds(3));
  EXPECT_TRUE(try_sign_in(kPassword));
}

TEST_P(SigningIn, session_ends_when_it_is_signed_out_idle_or_old) {
  const SignedIn first = make_owner();
  const SignedIn second = try_sign_in(kPassword).value();
  EXPECT_EQ(list_sessions(service(), caller_of(first)).value().size(), 2U);
  ASSERT_TRUE(sign_out(service(), caller_of(second)));
  EXPECT_EQ(authenticate(service(), {.session_token = second.token}).error().code,
            ErrorCode::not_authenticated);
  const auto is_noted = [&] {
    const auto sessions = list_sessions(service(), caller_of(first)).value();
    return sessions.front().last_seen_at == clock_.now();
  };
  for (int day = 0; day < 29; ++day) {
    clock_.advance(seconds(24 * 3600));
    ASSERT_TRUE(authenticate(service(), {.session_token = first.token})) << "used every day, on day " << day;
    // The note of the use is written behind the request's back, on PostgreSQL beside other writes.
    for (int tries = 0; tries < 1000 && !is_noted(); ++tries)
      ASSERT_TRUE(database().write([](store::Transaction&) { return Result<int>(0); }));
  }
  clock_.advance(seconds(2 * 24 * 3600));
  EXPECT_FALSE(authenticate(service(), {.session_token = first.token})) << "30 days are the longest";
  const SignedIn third = try_sign_in(kPassword).value();
  clock_.advance(seconds(7 * 24 * 3600 + 1));
  EXPECT_FALSE(authenticate(service(), {.session_token = third.token})) << "idle for a week";
}

TEST_P(SigningIn, session_needs_its_csrf_token_and_a_key_does_not) {
  const SignedIn owner = make_owner();
  const Caller caller = caller_of(owner);
  EXPECT_TRUE(check_csrf(caller, owner.csrf_token));
  EXPECT_EQ(check_csrf(caller, "").error().code, ErrorCode::csrf_token_wrong);
  EXPECT_EQ(check_csrf(caller, owner.token).error().code, ErrorCode::csrf_token_wrong);
  const auto key =
      create_api_key(service(), caller, {.name = "ci", .membership = {rules::Role::owner, {}}}).value();
  EXPECT_TRUE(check_csrf(*authenticate(service(), {.api_key = key.secret}).value(), ""));
}

TEST_P(SigningIn, second_factor_is_asked_for_once_it_is_confirmed) {
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

TEST_P(SigningIn, changed_password_ends_the_other_sessions) {
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

TEST_P(SigningIn, profile_is_edited_by_version) {
  const SignedIn owner = make_owner();
  const Caller caller = caller_of(owner);
  const auto profile = read_profile(service(), caller).value();
  ProfileEdit edit{.version = profile.version, .name = "نورة", .language = "ar"};
  EXPECT_EQ(change_profile(service(), caller, edit)->language, "ar");
  EXPECT_EQ(change_profile(service(), caller, edit).error().code, ErrorCode::precondition_failed);
  edit.language = "xx";
  EXPECT_EQ(change_profile(service(), caller, edit).error().code, ErrorCode::invalid_argument);
}

TEST_P(SigningIn, emails_are_read_as_people_write_them) {
  EXPECT_EQ(normal_email("  Noura@Example.ORG ").value(), "noura@example.org");
  for (const char* text : {"", "noura", "@example.org", "noura@", "a@b@c", "a b@c", "<a@b.c>"})
    EXPECT_FALSE(normal_email(text)) << text;
}

}  // namespace
}  // namespace mizan::app
