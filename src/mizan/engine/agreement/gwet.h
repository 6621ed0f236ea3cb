// Coefficients for any number of annotators and missing labels whose chance term comes from the pooled class
// shares: percent agreement, Fleiss' kappa, Gwet's AC1/AC2, Brennan-Prediger.
#pragma once

#include "mizan/engine/agreement/agreement.h"

namespace mizan::agreement {

/// @in     counts   labels of each class on each task; tasks with one label count for the class shares only
/// @in     weights  [K,K] from weight_table; identity for the plain coefficient
/// @out    value with the standard error of Gwet's linearisation and an interval by Student's t over tasks
/// @errors none: an undefined value carries its reason
/// @cost   O(I·K²)
/// @source Fleiss 1971; Gwet 2008, doi:10.1348/000711006X126600; Gwet, Handbook of Inter-Rater Reliability,
/// 2014
[[nodiscard]] Coefficient percent_agreement(const ClassCounts& counts, const std::vector<double>& weights);
[[nodiscard]] Coefficient fleiss_kappa(const ClassCounts& counts, const std::vector<double>& weights);
[[nodiscard]] Coefficient gwet_ac(const ClassCounts& counts, const std::vector<double>& weights);
[[nodiscard]] Coefficient brennan_prediger(const ClassCounts& counts, const std::vector<double>& weights);

}  // namespace mizan::agreement
