// Krippendorff's alpha: any number of annotators, missing labels, four scales of measurement.
#pragma once

#include "mizan/engine/agreement/agreement.h"

namespace mizan::agreement {

/// @in     counts   labels of each class on each task; tasks with fewer than two labels are left out
/// @in     numbers  [K] the number of each class for interval and ratio; ignored by nominal and ordinal
/// @out    alpha = 1 - observed / expected disagreement; interval by the delete-one-task jackknife
/// @errors none: an undefined value carries its reason
/// @cost   O(I·K + (distinct tasks rows)·K²); O(I·K²) for the jackknife
/// @source Krippendorff, Content Analysis, 3rd ed. 2013, ch. 12
[[nodiscard]] Coefficient krippendorff_alpha(const ClassCounts& counts, Scale scale,
                                             const std::vector<double>& numbers = {});

}  // namespace mizan::agreement
