#include "mizan/rules/review.h"

#include <map>
#include <utility>

#include <gtest/gtest.h>

namespace mizan::rules {
namespace {

using State = ReviewState;
using Step = ReviewStep;

Verdict sound_verdict(Step step) {
  return {.step = step, .reason_code = "wrong_span", .has_answers = step == Step::fix};
}

TEST(Review, every_pair_of_states_has_only_the_edges_drawn) {
  const std::map<std::pair<State, Step>, State> drawn = {
      {{State::pending, Step::accept}, State::accepted},
      {{State::pending, Step::fix}, State::fixed},
      {{State::pending, Step::reject}, State::rejected},
      {{State::pending, Step::adjudicate}, State::adjudicated},
      {{State::rejected, Step::rework}, State::reworked},
      {{State::rejected, Step::adjudicate}, State::adjudicated},
  };
  for (std::size_t from = 0; from < kReviewStates.size(); ++from)
    for (std::size_t step = 0; step < kReviewSteps.size(); ++step) {
      const std::pair key{static_cast<State>(from), static_cast<Step>(step)};
      const auto to = after(key.first, sound_verdict(key.second));
      ASSERT_EQ(to.has_value(), drawn.contains(key)) << to_text(key.first) << " " << to_text(key.second);
      if (to)
        EXPECT_EQ(*to, drawn.at(key));
      else
        EXPECT_EQ(to.error().code, ErrorCode::illegal_transition);
    }
}

TEST(Review, verdict_carries_what_it_owes) {
  struct Case {
    Verdict verdict;
    bool sound;
  };
  const Case cases[] = {
      {{Step::accept, "", false}, true},       {{Step::accept, "", true}, false},
      {{Step::fix, "wrong_span", true}, true}, {{Step::fix, "wrong_span", false}, false},
      {{Step::fix, "", true}, false},          {{Step::reject, "off_guideline", false}, true},
      {{Step::reject, "", false}, false},      {{Step::reject, "off_guideline", true}, false},
      {{Step::adjudicate, "", true}, true},    {{Step::adjudicate, "", false}, true},
  };
  for (const Case& c : cases)
    EXPECT_EQ(after(State::pending, c.verdict).has_value(), c.sound)
        << to_text(c.verdict.step) << " '" << c.verdict.reason_code << "' " << c.verdict.has_answers;
}

TEST(Review, rejected_answers_do_not_speak_in_the_inference) {
  EXPECT_TRUE(labels_count(State::pending));
  EXPECT_TRUE(labels_count(State::accepted));
  EXPECT_FALSE(labels_count(State::fixed));
  EXPECT_FALSE(labels_count(State::rejected));
  EXPECT_FALSE(labels_count(State::reworked));
  EXPECT_TRUE(reopens_task(Step::reject));
  EXPECT_FALSE(reopens_task(Step::fix));
}

}  // namespace
}  // namespace mizan::rules
