// The rules of a review: a reviewer's verdict on one annotation. Pure.
//
//   pending ──accept─────▶ accepted
//      ├──────fix────────▶ fixed         the reviewer's own answers replace the annotation's
//      ├──────reject─────▶ rejected ──rework──▶ reworked     the annotator's new annotation has come (with a
//      review of │                      │                              its own); the task was open again
//      until then └──────adjudicate─────▶└──adjudicate──▶ adjudicated   settled for the whole task, all
//      answers side by side
//
// No other edge exists; see review_test.cc "every pair of states".
#pragma once

#include <cstdint>
#include <string_view>

#include "mizan/base/enum_names.h"
#include "mizan/base/result.h"

namespace mizan::rules {

enum class ReviewState : std::uint8_t { pending, accepted, fixed, rejected, reworked, adjudicated };
inline constexpr EnumNames<ReviewState, 6> kReviewStates{
    "state of a review", {"pending", "accepted", "fixed", "rejected", "reworked", "adjudicated"}};
[[nodiscard]] constexpr std::string_view to_text(ReviewState state) {
  return kReviewStates(state);
}

enum class ReviewStep : std::uint8_t { accept, fix, reject, rework, adjudicate };
inline constexpr EnumNames<ReviewStep, 5> kReviewSteps{"step of a review",
                                                       {"accept", "fix", "reject", "rework", "adjudicate"}};
[[nodiscard]] constexpr std::string_view to_text(ReviewStep step) {
  return kReviewSteps(step);
}

/// What a reviewer sends along with a verdict.
struct Verdict {
  ReviewStep step = ReviewStep::accept;
  std::string_view reason_code{};  ///< needed to reject and to fix
  bool has_answers = false;        ///< the reviewer's own answers come along
};

/// The state after the verdict. The checks, in this order:
/// @errors illegal_transition: no such edge, the hint names those there are; invalid_argument: a fix without
/// answers,
///         answers with an acceptance or a rejection, a fix or rejection without a reason code
[[nodiscard]] Result<ReviewState> after(ReviewState state, const Verdict& verdict);

/// Whether labels of an annotation in this state of review speak in the inference.
[[nodiscard]] constexpr bool labels_count(ReviewState state) {
  return state == ReviewState::pending || state == ReviewState::accepted || state == ReviewState::adjudicated;
}
/// Whether the verdict gives the task back for another answer.
[[nodiscard]] constexpr bool reopens_task(ReviewStep step) {
  return step == ReviewStep::reject;
}

}  // namespace mizan::rules
