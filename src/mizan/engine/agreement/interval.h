// The 95 % interval of a coefficient from its standard error, by Student's t over tasks.
#pragma once

#include "mizan/engine/agreement/agreement.h"

namespace mizan::agreement {

/// Fills standard_error, low and high from the variance of the value; `task_count` tasks stand behind it.
void set_interval(Coefficient& coefficient, double variance, std::size_t task_count);

}  // namespace mizan::agreement
