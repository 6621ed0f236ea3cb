// Cohen's kappa of two annotators, and Conger's generalisation to many whose class shares may differ.
#pragma once

#include <span>

#include "mizan/engine/agreement/agreement.h"

namespace mizan::agreement {

/// @in     table    [K,K] how often the first said k (row) and the second l (column) about one task
/// @in     weights  [K,K] from weight_table
/// @out    kappa; interval by the delete-one-task jackknife
/// @errors none: an undefined value carries its reason
/// @cost   O(K⁴) for the jackknife (it is grouped by cell), independent of the number of tasks
/// @source Cohen 1960, doi:10.1177/001316446002000104; weighted: Cohen 1968
[[nodiscard]] Coefficient cohen_kappa(std::span<const std::uint32_t> table, std::size_t class_count,
                                      const std::vector<double>& weights);

/// The table of two annotators over the tasks that both labelled.
[[nodiscard]] std::vector<std::uint32_t> pair_table(const truth::LabelMatrix& labels,
                                                    truth::AnnotatorIndex first,
                                                    truth::AnnotatorIndex second);

/// @in     labels   tasks with one label count for the annotators' class shares only
/// @out    Conger's kappa without an interval (standard_error 0, low = high = value)
/// @cost   O(labels·K + W·K²)
/// @source Conger 1980, doi:10.1037/0033-2909.88.2.322; missing labels as Gwet 2014
[[nodiscard]] Coefficient conger_kappa(const truth::LabelMatrix& labels, const std::vector<double>& weights);

}  // namespace mizan::agreement
