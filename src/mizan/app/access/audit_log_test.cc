#include "mizan/app/access/audit_log.h"

#include <set>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/accounts/invites.h"
#include "support/accounts_world.h"

namespace mizan::app {
namespace {

class AuditLog : public test::AccountsWorld {};
MIZAN_ON_EACH_DATABASE(AuditLog);

// What somebody with the database in hand might do to the log, and that it is found.
TEST_P(AuditLog, every_wound_of_the_audit_log_is_found) {
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

TEST_P(AuditLog, audit_log_is_listed_newest_first_by_cursor) {
  const Caller owner = caller_of(make_owner());
  for (int i = 0; i < 4; ++i)
    ASSERT_TRUE(create_invite(service(), owner,
                              {.email = "x@example.org", .membership = {rules::Role::auditor, {}}}));
  std::vector<std::int64_t> numbers;
  std::optional<std::int64_t> before;
  do {
    const AuditPage page = list_audit_entries(service(), owner, {.before = before, .limit = 2}).value();
    for (const auto& entry : page.entries) numbers.push_back(entry.entry_number);
    before = page.next;
  } while (before);
  EXPECT_EQ(numbers, (std::vector<std::int64_t>{5, 4, 3, 2, 1}));
  const Caller lead =
      caller_of(join_as(owner, "l@example.org", {rules::Role::data_lead, rules::kOrganisation}));
  EXPECT_EQ(list_audit_entries(service(), lead, {.limit = 2}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(verify_audit_log(service(), lead).error().code, ErrorCode::forbidden);
  EXPECT_EQ(verify_audit_log(service(), owner).value().problem, "");
}

TEST_P(AuditLog, audit_log_is_filtered_by_how_its_texts_begin) {
  const Caller owner = caller_of(make_owner());
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(create_invite(service(), owner,
                              {.email = "x@example.org", .membership = {rules::Role::auditor, {}}}));
  const auto count = [&](const store::AuditFilter& filter) {
    return list_audit_entries(service(), owner, {.filter = filter}).value().entries.size();
  };
  const auto entries = list_audit_entries(service(), owner, {}).value().entries;
  ASSERT_EQ(entries.size(), 4U);
  const store::AuditEntryRow& newest = entries.front();
  EXPECT_EQ(count({.action = newest.action}), 3U);
  EXPECT_EQ(count({.action = newest.action.substr(0, 4)}), 3U);
  EXPECT_EQ(count({.subject = newest.subject}), 1U);
  EXPECT_EQ(count({.action = newest.action, .actor = newest.actor, .subject = newest.subject}), 1U);
  EXPECT_EQ(count({.actor = "acc_nobody"}), 0U);
  EXPECT_EQ(count({.action = "%"}), 0U) << "no wildcards";
}

}  // namespace
}  // namespace mizan::app
