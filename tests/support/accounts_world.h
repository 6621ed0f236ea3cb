// Accounts in a fresh database, for tests of what people may do: an owner, suppliers, invitations, the audit
// log.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/access/authenticate.h"
#include "mizan/app/accounts/invites.h"
#include "mizan/app/accounts/set_up.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/app/service.h"
#include "mizan/store/projects/suppliers.h"
#include "support/test_database.h"

namespace mizan::test {

inline constexpr Instant kAccountsStart{1'800'000'000'000'000};
inline constexpr const char* kPassword = "correct horse battery";
inline constexpr const char* kOwnerEmail = "noura@example.org";

class AccountsWorld : public EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<app::Service>(app::ServiceParts{.database = database(), .clock = clock_});
  }

  app::Service& service() { return *service_; }

  app::SignedIn make_owner() {
    const auto token = app::make_set_up_token(service()).value();
    return app::set_up(service(),
                       {.token = *token,
                        .account = {.email = "Noura@example.org ", .name = "Noura", .password = kPassword},
                        .origin = {.address = "203.0.113.1", .agent = "test"}})
        .value();
  }

  app::Caller caller_of(const app::SignedIn& signed_in) {
    return *app::authenticate(service(), {.session_token = signed_in.token, .address = "203.0.113.1"})
                .value();
  }

  Result<app::SignedIn> try_sign_in(const std::string& password, const std::string& code = {},
                                    const std::string& address = "203.0.113.1") {
    return app::sign_in(service(),
                        {.email = kOwnerEmail, .password = password, .totp_code = code, .address = address});
  }

  domain::SupplierId make_supplier(const std::string& name) {
    const auto id = service().ids().make<domain::SupplierId>();
    const auto made = database().write([&](store::Transaction& tx) {
      return store::insert_supplier(tx, {.supplier_id = id,
                                         .name = name,
                                         .kind = "crowd",
                                         .state = "active",
                                         .created_at = kAccountsStart});
    });
    EXPECT_TRUE(made.has_value() && *made);
    return id;
  }

  app::SignedIn join_as(const app::Caller& inviter, const std::string& email,
                        const rules::Membership& membership) {
    const auto invite =
        app::create_invite(service(), inviter, {.email = email, .membership = membership}).value();
    return app::accept_invite(service(), {.token = invite.token,
                                          .name = "Somebody",
                                          .credentials = {.password = kPassword, .address = "203.0.113.9"}})
        .value();
  }

  app::AuditVerdict verify() {
    return database().read([](store::Transaction& tx) { return app::verify_audit_chain(tx); }).value();
  }

  ManualClock clock_{kAccountsStart};
  std::unique_ptr<app::Service> service_;
};

}  // namespace mizan::test
