#include "mizan/rules/review.h"

#include <array>
#include <string>
#include <utility>

namespace mizan::rules {
namespace {

struct Edge {
  ReviewState from;
  ReviewStep step;
  ReviewState to;
};

constexpr std::array kEdges{
    Edge{ReviewState::pending, ReviewStep::accept, ReviewState::accepted},
    Edge{ReviewState::pending, ReviewStep::fix, ReviewState::fixed},
    Edge{ReviewState::pending, ReviewStep::reject, ReviewState::rejected},
    Edge{ReviewState::pending, ReviewStep::adjudicate, ReviewState::adjudicated},
    Edge{ReviewState::rejected, ReviewStep::rework, ReviewState::reworked},
    Edge{ReviewState::rejected, ReviewStep::adjudicate, ReviewState::adjudicated},
};

Result<ReviewState> follow(ReviewState state, ReviewStep step) {
  std::string possible;
  for (const Edge& edge : kEdges) {
    if (edge.from != state) continue;
    if (edge.step == step) return edge.to;
    possible += " " + std::string(to_text(edge.step));
  }
  return fail(ErrorCode::illegal_transition,
              "a review that is " + std::string(to_text(state)) + " has no step \"" +
                  std::string(to_text(step)) + "\"",
              {}, possible.empty() ? "this state is final" : "possible now:" + possible);
}

}  // namespace

Result<ReviewState> after(ReviewState state, const Verdict& verdict) {
  MIZAN_TRY(const ReviewState next, follow(state, verdict.step));
  const bool judges = verdict.step == ReviewStep::fix || verdict.step == ReviewStep::reject;
  const bool may_answer = verdict.step == ReviewStep::fix || verdict.step == ReviewStep::adjudicate;
  if (verdict.step == ReviewStep::fix && !verdict.has_answers)
    return fail(ErrorCode::invalid_argument, "a fix needs the right answers", "answers");
  if (verdict.has_answers && !may_answer)
    return fail(ErrorCode::invalid_argument, "only a fix or an adjudication carries answers", "answers",
                "send the verdict \"fix\" to replace the annotation's answers");
  if (judges && verdict.reason_code.empty())
    return fail(ErrorCode::invalid_argument, "the annotator is owed a reason", "reason_code");
  return next;
}

}  // namespace mizan::rules
