#include "mizan/rules/assignment.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace mizan::rules {
namespace {

using State = AssignmentState;
using Step = std::function<Result<Assignment>(const Assignment&)>;

constexpr Instant kStart{1'000'000'000};
constexpr LeaseTerms kTerms{.ttl = seconds(60), .longest = seconds(150)};
constexpr LateRule kNoGrace{};
constexpr LateRule kGrace{.grace = seconds(10), .task_has_room = true};

Assignment in_state(State state) {
  return {.state = state, .leased_at = kStart, .expires_at = kStart + seconds(60)};
}

/// Every verb, at an instant when the lease has just ended: the only time when all of them can apply.
std::map<std::string, Step> steps() {
  const Instant end = kStart + seconds(60);
  return {{"settle", [=](const Assignment& a) { return settle(a, end, kGrace); }},
          {"skip", [=](const Assignment& a) { return skip(a, end); }},
          {"release", [=](const Assignment& a) { return release(a, end); }},
          {"revoke", [=](const Assignment& a) { return revoke(a, end); }},
          {"expire", [=](const Assignment& a) { return expire(a, end); }},
          {"heartbeat", [=](const Assignment& a) { return heartbeat(a, end, kTerms); }}};
}

TEST(Assignment, every_pair_of_states_has_only_the_edges_drawn) {
  const std::map<std::pair<State, State>, std::string> drawn = {
      {{State::live, State::submitted}, "settle"},   {{State::live, State::skipped}, "skip"},
      {{State::live, State::released}, "release"},   {{State::live, State::revoked}, "revoke"},
      {{State::live, State::expired}, "expire"},     {{State::live, State::live}, "heartbeat"},
      {{State::expired, State::submitted}, "settle"}};
  std::map<std::pair<State, State>, std::string> found;
  for (std::size_t from = 0; from < kAssignmentStates.size(); ++from)
    for (const auto& [name, step] : steps()) {
      const auto after = step(in_state(static_cast<State>(from)));
      if (after)
        found[{static_cast<State>(from), after->state}] += name;
      else
        EXPECT_EQ(after.error().code, ErrorCode::assignment_not_live) << name << " from " << from;
    }
  EXPECT_EQ(found, drawn);
}

TEST(Assignment, answer_to_a_live_assignment_is_taken_however_late) {
  const auto settled = settle(in_state(State::live), kStart + seconds(9999), kNoGrace);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->state, State::submitted);
  EXPECT_EQ(settled->settled_at, kStart + seconds(9999));
}

TEST(Assignment, grace_rule_decides_about_answers_after_expiry) {
  struct Case {
    std::int64_t late_s;
    LateRule rule;
    bool taken;
  };
  const Case cases[] = {
      {1, {.grace = seconds(10), .task_has_room = true}, true},
      {10, {.grace = seconds(10), .task_has_room = true}, true},
      {11, {.grace = seconds(10), .task_has_room = true}, false},
      {1, {.grace = seconds(10), .task_has_room = false}, false},
      {1, {.grace = seconds(0), .task_has_room = true}, false},
  };
  for (const Case& c : cases) {
    const auto settled = settle(in_state(State::expired), kStart + seconds(60 + c.late_s), c.rule);
    EXPECT_EQ(settled.has_value(), c.taken) << c.late_s << " s late, grace " << c.rule.grace.us;
    if (!settled) {
      EXPECT_EQ(settled.error().code, ErrorCode::assignment_not_live);
    }
  }
}

TEST(Assignment, heartbeat_never_shortens_and_never_passes_the_longest_lease) {
  const Assignment leased = lease(kStart, kTerms).value();
  EXPECT_EQ(leased.expires_at, kStart + seconds(60));
  const Assignment once = heartbeat(leased, kStart + seconds(30), kTerms).value();
  EXPECT_EQ(once.expires_at, kStart + seconds(90));
  EXPECT_EQ(heartbeat(once, kStart + seconds(10), kTerms)->expires_at, kStart + seconds(90));
  EXPECT_EQ(heartbeat(once, kStart + seconds(149), kTerms)->expires_at, kStart + seconds(150));
}

TEST(Assignment, cannot_expire_before_its_end) {
  const auto early = expire(in_state(State::live), kStart + seconds(59));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, ErrorCode::illegal_transition);
}

TEST(Assignment, lease_needs_sensible_terms) {
  EXPECT_FALSE(lease(kStart, {.ttl = seconds(0)}));
  EXPECT_FALSE(lease(kStart, {.ttl = seconds(10), .longest = seconds(9)}));
}

TEST(Assignment, states_are_spelled_and_read_back) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kAssignmentStates.size(); ++i) {
    const auto state = static_cast<State>(i);
    names.insert(to_text(state));
    EXPECT_EQ(kAssignmentStates.parse(to_text(state)).value(), state);
  }
  EXPECT_EQ(names.size(), kAssignmentStates.size());
  EXPECT_EQ(kAssignmentStates.parse("alive").error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::rules
