#include "mizan/rules/batch.h"

#include <map>
#include <utility>

#include <gtest/gtest.h>

namespace mizan::rules {
namespace {

using State = BatchState;
using Step = BatchStep;

TEST(Batch, every_pair_of_states_has_only_the_edges_drawn) {
  const std::map<std::pair<State, Step>, State> drawn = {
      {{State::draft, Step::stage}, State::staged},       {{State::staged, Step::start}, State::running},
      {{State::running, Step::pause}, State::paused},     {{State::paused, Step::resume}, State::running},
      {{State::running, Step::finish}, State::finished},  {{State::paused, Step::finish}, State::finished},
      {{State::draft, Step::cancel}, State::cancelled},   {{State::staged, Step::cancel}, State::cancelled},
      {{State::running, Step::cancel}, State::cancelled}, {{State::paused, Step::cancel}, State::cancelled}};
  for (std::size_t from = 0; from < kBatchStates.size(); ++from)
    for (std::size_t step = 0; step < kBatchSteps.size(); ++step) {
      const std::pair key{static_cast<State>(from), static_cast<Step>(step)};
      const auto to = after(key.first, key.second);
      ASSERT_EQ(to.has_value(), drawn.contains(key)) << to_text(key.first) << " " << to_text(key.second);
      if (to)
        EXPECT_EQ(*to, drawn.at(key));
      else
        EXPECT_EQ(to.error().code, ErrorCode::illegal_transition);
    }
}

TEST(Batch, only_a_running_batch_gives_leases) {
  for (std::size_t i = 0; i < kBatchStates.size(); ++i)
    EXPECT_EQ(gives_leases(static_cast<State>(i)), static_cast<State>(i) == State::running);
}

TEST(Batch, takes_no_task_once_it_is_over) {
  EXPECT_TRUE(takes_tasks(State::draft));
  EXPECT_TRUE(takes_tasks(State::paused));
  EXPECT_FALSE(takes_tasks(State::finished));
  EXPECT_FALSE(takes_tasks(State::cancelled));
}

TEST(Batch, cancelling_touches_only_tasks_that_nobody_started) {
  EXPECT_TRUE(cancelled_with_batch(0, 0));
  EXPECT_FALSE(cancelled_with_batch(1, 0));
  EXPECT_FALSE(cancelled_with_batch(0, 1));
}

TEST(Batch, refusal_names_the_steps_that_there_are) {
  EXPECT_EQ(after(State::paused, Step::pause).error().hint, "possible now: resume finish cancel");
  EXPECT_EQ(after(State::finished, Step::cancel).error().hint, "this state is final");
}

}  // namespace
}  // namespace mizan::rules
