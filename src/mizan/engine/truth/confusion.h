// Confusion matrices read off a posterior: what an annotator says when the right answer is k.
#pragma once

#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// @in     posterior [I,K]
/// @out    [W,K,K] expected counts, row = right answer, column = label
/// @cost   O(labels·K); deterministic for any number of threads
[[nodiscard]] std::vector<double> confusion_counts(const LabelMatrix& labels, const Table& posterior,
                                                   Run run);

/// Rows that sum to 1: counts shrunk towards the confusion of all annotators together, which counts for
/// `strength` labels per right answer; that one is itself shrunk towards (4 on the diagonal, 1 off) / (K+3).
/// @in     counts [W,K,K]   @out [W,K,K]
[[nodiscard]] std::vector<double> smoothed_confusion(const std::vector<double>& counts,
                                                     std::size_t class_count, double strength);

}  // namespace mizan::truth
