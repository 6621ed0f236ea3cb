// Submitting answers: the heart. One transaction settles the assignment, stores annotation and labels, brings
// the consensus and the task's state up to date, draws reviews, tells others, and may lease the next task.
//
// Idempotent by the assignment: the same answers again get the first result, other answers are a conflict.
// Answers that come too late are refused with the reason and kept as the assignment's draft: nothing is
// dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/app/work/lease.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/domain/template/gold_score.h"

namespace mizan::app {

struct SubmitAnnotation {
  domain::AssignmentId assignment;
  boost::json::value answers{};
  std::optional<std::int64_t> duration_us{};  ///< how long the annotator worked
  bool wants_next = false;                    ///< lease the annotator's next task in the same transaction
};

/// In training: how the annotator did on a gold task, and why.
struct Lesson {
  std::vector<domain::GoldScore> scores{};
  std::string right_answers{};  ///< JSON object
  std::string explanation{};
};

struct SubmittedAnnotation {
  domain::ProjectId project;
  domain::AssignmentId assignment;
  domain::AnnotationId annotation;
  Instant submitted_at{};
  bool is_retry = false;                  ///< it was taken before; this is the first result again
  std::optional<Lesson> lesson{};         ///< only in training
  std::optional<GivenAssignment> next{};  ///< nothing: not wanted, or there is no work now
};

using SubmitAnswer = Result<SubmittedAnnotation>;

/// `done` is told once, on a thread of the store or here, after the annotation is durable.
/// @errors not_found: no such assignment of the caller's; bad_answer: what the template does not allow,
/// nothing
///         was kept; conflict: other answers were submitted before; assignment_not_live: too late, or given
///         back; the answers are kept as a draft
void submit_annotation(Service& service, std::shared_ptr<const Caller> caller, SubmitAnnotation command,
                       std::function<void(SubmitAnswer)> done);
/// As above, waiting for it.
[[nodiscard]] SubmitAnswer submit_annotation(Service& service, const Caller& caller,
                                             SubmitAnnotation command);

}  // namespace mizan::app
