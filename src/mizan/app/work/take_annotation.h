// Taking an annotation inside a transaction: what submit and revise have in common.
#pragma once

#include <optional>

#include "mizan/app/quality/take_labels.h"
#include "mizan/app/service.h"
#include "mizan/app/work/checked_answers.h"
#include "mizan/app/work/task_flow.h"
#include "mizan/base/result.h"
#include "mizan/base/rng.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotations.h"
#include "mizan/store/work/assignments.h"

namespace mizan::app {

struct NewAnnotation {
  const store::AnnotationRow& row;
  const CheckedAnswers& answers;
  bool is_gold_assignment = false;  ///< given out to measure the annotator: the task's counts leave it out
  Rng rng{1};                       ///< draws the reviews
};

/// Stores the annotation and its labels, draws a review, and brings the task to what is believed of it now.
/// The task's counts have the answer in them already (but those of gold assignments).
[[nodiscard]] Result<void> take_annotation(store::Transaction& tx, Service& service,
                                           const TaskInHand& in_hand, const NewAnnotation& taken);

}  // namespace mizan::app
