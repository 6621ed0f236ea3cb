#include "mizan/engine/routing/next_step.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mizan::routing {
namespace {

constexpr StoppingRule kFixed{.labels_per_task = 3, .cap = 3};
constexpr StoppingRule kAdaptive{.labels_per_task = 2, .cap = 4, .target_posterior = 0.95};
constexpr StoppingRule kToExperts{
    .labels_per_task = 2, .cap = 4, .target_posterior = 0.95, .can_escalate = true};
constexpr StoppingRule kTieBreak{.labels_per_task = 2, .cap = 3, .split_below = 0.51, .max_extra_labels = 1};
constexpr StoppingRule kTieToExperts{
    .labels_per_task = 2, .cap = 3, .split_below = 0.51, .max_extra_labels = 1, .can_escalate = true};

struct Case {
  const char* name;
  StoppingRule rule;
  TaskEvidence evidence;
  NextStep expected;
};

TEST(NextStep, follows_the_table) {
  const std::vector<Case> cases{
      // rule                          labels  confidence  top share
      {"fixed, too few", kFixed, {2, 1.00, 1.0}, NextStep::ask_again},
      {"fixed, enough", kFixed, {3, 0.40, 0.4}, NextStep::done},
      {"fixed, more than enough", kFixed, {4, 0.40, 0.4}, NextStep::done},
      {"adaptive, the first are always asked", kAdaptive, {1, 0.99, 1.0}, NextStep::ask_again},
      {"adaptive, sure", kAdaptive, {2, 0.95, 1.0}, NextStep::done},
      {"adaptive, not sure", kAdaptive, {2, 0.94, 1.0}, NextStep::ask_again},
      {"adaptive, not sure, below the cap", kAdaptive, {3, 0.94, 0.6}, NextStep::ask_again},
      {"adaptive, cap, nobody better", kAdaptive, {4, 0.94, 0.6}, NextStep::done},
      {"adaptive, cap, experts", kToExperts, {4, 0.94, 0.6}, NextStep::escalate},
      {"adaptive, cap, sure", kToExperts, {4, 0.96, 0.6}, NextStep::done},
      {"escalated, not answered", kToExperts, {4, 0.94, 0.6, true, false}, NextStep::escalate},
      {"escalated, answered", kToExperts, {5, 0.94, 0.6, true, true}, NextStep::done},
      {"tie, split", kTieBreak, {2, 0.50, 0.5}, NextStep::ask_again},
      {"tie, agreed", kTieBreak, {2, 0.50, 1.0}, NextStep::done},
      {"tie, broken", kTieBreak, {3, 0.50, 0.67}, NextStep::done},
      {"tie, still split", kTieBreak, {3, 0.50, 0.34}, NextStep::done},
      {"tie, still split, experts", kTieToExperts, {3, 0.50, 0.34}, NextStep::escalate},
  };
  for (const Case& one : cases)
    EXPECT_EQ(next_step_name(next_step(one.rule, one.evidence)), next_step_name(one.expected)) << one.name;
}

TEST(NextStep, more_confidence_never_asks_for_more) {
  const auto cost = [](NextStep step) { return static_cast<int>(step); };
  for (const StoppingRule& rule : {kFixed, kAdaptive, kToExperts, kTieBreak, kTieToExperts})
    for (std::int64_t labels = 0; labels < 8; ++labels) {
      int before = 3;
      for (double confidence = 0.3; confidence <= 1; confidence += 0.05) {
        const int now = cost(next_step(rule, {labels, confidence, confidence}));
        EXPECT_LE(now, before) << labels << " " << confidence;
        before = now;
      }
    }
}

TEST(NextStep, every_task_ends_at_the_cap) {
  for (const StoppingRule& rule : {kFixed, kAdaptive, kToExperts, kTieBreak, kTieToExperts})
    for (std::int64_t labels = rule.cap; labels < rule.cap + 3; ++labels)
      EXPECT_NE(next_step(rule, {labels, 0.1, 0.1}), NextStep::ask_again) << labels;
}

}  // namespace
}  // namespace mizan::routing
