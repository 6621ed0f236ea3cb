// How many annotations a new task wants. Pure; a function of the task's id, so that it is the same on every
// node and at every replay.
#pragma once

#include "mizan/domain/ids.h"
#include "mizan/domain/project_settings.h"

namespace mizan::rules {

/// fixed and adaptive: labels_per_task. stratified: a share of the tasks, drawn by a hash of the id, wants
/// max_labels_per_task, the others labels_per_task.
[[nodiscard]] int wanted_annotations(const domain::OverlapSettings& overlap, domain::TaskId task);

}  // namespace mizan::rules
