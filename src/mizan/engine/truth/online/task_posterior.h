// What is believed of one task from its labels and the skills of those who gave them: the E step of the model
// of methods/ibcc.h (map form) for a single task. This is what runs at every submit. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mizan/engine/truth/label_matrix.h"

namespace mizan::truth {

/// What is believed of an annotator, or of those of a supplier who have not labelled yet.
struct Skill {
  std::vector<double> pseudo_count{};  ///< [K,K] row = right answer, column = label, all > 0
  std::vector<double> row_sum{};       ///< [K]
};
/// @in pseudo_count [K,K]
[[nodiscard]] Skill skill_of(std::vector<double> pseudo_count, std::size_t class_count);

/// The mean accuracy on a class mix.
[[nodiscard]] double accuracy_of(const Skill& skill, std::span<const double> class_pseudo_count);

/// One label and what is known of its annotator.
struct WeighedLabel {
  ClassIndex label;
  const Skill* skill;
};

/// P(right answer | labels), or the class shares when there are no labels.
///
/// A model that knew fewer classes than are asked now is read as if the new ones had always been there and
/// nobody had given them yet: (4 right, 1 for each wrong answer), a class count of 0.01.
/// @in     class_pseudo_count [K] as the model knew them; class_count >= K, and above every label
/// @out    [class_count] sums to 1
/// @cost   O(labels * class_count)
[[nodiscard]] std::vector<double> task_posterior(std::span<const double> class_pseudo_count,
                                                 std::span<const WeighedLabel> labels,
                                                 std::size_t class_count);

/// The logs of the shares of counts, all > 0.
[[nodiscard]] std::vector<double> log_shares_of(std::span<const double> counts);

}  // namespace mizan::truth
