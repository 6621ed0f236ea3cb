#include "mizan/rules/task_state.h"

#include <gtest/gtest.h>

namespace mizan::rules {
namespace {

TEST(TaskState, task_is_open_while_it_has_room) {
  EXPECT_EQ(undecided_state({.wanted_count = 3, .live_count = 1, .done_count = 1}), TaskState::open);
  EXPECT_EQ(undecided_state({.wanted_count = 3, .live_count = 2, .done_count = 1}), TaskState::full);
  EXPECT_EQ(undecided_state({.wanted_count = 3, .live_count = 0, .done_count = 3}), TaskState::full);
}

TEST(TaskState, decision_after_an_answer) {
  struct Case {
    TaskCounts counts;
    Decision decision;
    TaskState state;
  };
  const Case cases[] = {
      //  wanted live done
      {{3, 0, 3}, Decision::enough, TaskState::done},
      {{3, 0, 1}, Decision::enough, TaskState::done},  // sure before the overlap was used up
      {{3, 1, 2}, Decision::enough, TaskState::full},  // somebody is still at work
      {{3, 0, 3}, Decision::escalate, TaskState::escalated},
      {{4, 0, 3}, Decision::ask_again, TaskState::open},
      {{4, 1, 3}, Decision::ask_again, TaskState::full},
  };
  for (const Case& c : cases)
    EXPECT_EQ(decided_state(c.counts, c.decision), c.state)
        << to_text(c.decision) << " at " << c.counts.wanted_count << "/" << c.counts.live_count << "/"
        << c.counts.done_count;
}

}  // namespace
}  // namespace mizan::rules
