// Revising an annotation: a new one that says what the annotator thinks now. The old one stays, and no longer
// counts.
#pragma once

#include <cstdint>
#include <optional>

#include <boost/json/value.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/work/annotations.h"

namespace mizan::app {

struct ReviseAnnotation {
  domain::AnnotationId annotation;
  boost::json::value answers{};
  std::optional<std::int64_t> duration_us{};
};
/// Idempotent: the same answers again give the revision that was made of them.
/// @errors not_found; bad_answer; conflict: it was revised before, to other answers; not_eligible: the task
/// is
///         settled by a reviewer, or it was rejected and others have meanwhile taken its place
[[nodiscard]] Result<store::AnnotationRow> revise_annotation(Service& service, const Caller& caller,
                                                             const ReviseAnnotation& command);

}  // namespace mizan::app
