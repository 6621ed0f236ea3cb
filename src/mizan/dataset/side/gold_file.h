// The file of right answers: task,answer[,question].
#pragma once

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/input.h"
#include "mizan/dataset/read_labels.h"

namespace mizan::dataset {

/// Adds the gold answers of a file to those of the table. A task with two different answers has none. Counts
/// conflicting_gold, unknown_gold_task and unknown_gold_class in the outcome's oddities.
/// @in     strict  any of these oddities is an error
/// @errors bad_gold, with the line: an unknown question, no question where there are several, not one task or
///         not one class of the labels; too_many_classes; malformed_csv, not_utf8
[[nodiscard]] Result<void> add_gold_file(const Input& input, ReadOutcome& outcome, ThreadPool& pool,
                                         bool strict);

}  // namespace mizan::dataset
