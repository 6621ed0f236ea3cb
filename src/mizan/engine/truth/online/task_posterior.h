// What is believed of one task from its labels and the skills of those who gave them: the E step of the model
// of methods/ibcc.h (map form) for a single task. This is what runs at every submit. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/truth/label_matrix.h"

namespace mizan::truth {

/// One label and what is known of its annotator.
struct WeighedLabel {
  ClassIndex label;
  std::span<const double> log_confusion;  ///< [K,K] row = label, column = right answer: `log_confusion_of`
};

/// P(right answer | labels), or the class shares when there are no labels.
/// @in     log_class_share [K] logs; labels < K each
/// @out    [K] sums to 1
/// @cost   O(labels * K)
[[nodiscard]] std::vector<double> task_posterior(std::span<const double> log_class_share,
                                                 std::span<const WeighedLabel> labels);

/// The logs of the means of Dirichlet rows, by label: what `task_posterior` adds up.
/// @in     pseudo_count [K,K] row = right answer, column = label, all > 0
/// @out    [K,K] row = label, column = right answer
[[nodiscard]] std::vector<double> log_confusion_of(std::span<const double> pseudo_count,
                                                   std::size_t class_count);

/// The logs of the shares of counts, all > 0.
[[nodiscard]] std::vector<double> log_shares_of(std::span<const double> counts);

/// Pseudo-counts of a model that knew fewer classes than are asked now, as if the new ones had always been
/// there and nobody had given them yet: (diagonal, off_diagonal) of the top level.
/// @in     pseudo_count [from,from]   @out [to,to]
[[nodiscard]] std::vector<double> widen_pseudo_count(std::span<const double> pseudo_count, std::size_t from,
                                                     std::size_t to);

/// p_k^(1/temperature), normalised: above 1 softer, below 1 sharper. 0 and 1 stay as they are.
[[nodiscard]] std::vector<double> tempered(std::span<const double> posterior, double temperature);

}  // namespace mizan::truth
