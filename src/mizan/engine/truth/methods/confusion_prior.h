// What is believed of an annotator before their first label: a Dirichlet belief per row of the confusion
// matrix, learned from the annotators of a supplier, which are in turn like everybody, who are like (4,1).
//
// A row has two numbers: the pseudo-count of the right answer and that of each wrong one. They are fitted to
// expected counts by maximum likelihood (Dirichlet-multinomial) with a normal pull of their logarithms to the
// level above. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// Pseudo-counts of the rows of a confusion matrix.
struct ConfusionPrior {
  std::vector<double> diagonal;      ///< [K] of the right answer
  std::vector<double> off_diagonal;  ///< [K] of each wrong answer
  std::size_t annotator_count = 0;   ///< annotators whose counts shaped it; 0 = it is the level above

  /// The pseudo-count of `label` where `answer` is right.
  [[nodiscard]] double at(std::size_t answer, std::size_t label) const {
    return answer == label ? diagonal[answer] : off_diagonal[answer];
  }
  /// The pseudo-counts of a whole row.
  [[nodiscard]] double row_sum(std::size_t answer) const {
    return diagonal[answer] + off_diagonal[answer] * static_cast<double>(diagonal.size() - 1);
  }
};

/// The same two numbers for each class.
[[nodiscard]] ConfusionPrior flat_prior(std::size_t class_count, double diagonal, double off_diagonal);

/// The prior that fits the counts of some annotators best, pulled to `parent`.
/// @in counts     [W*K, K] expected counts, row = annotator * K + label, column = right answer
/// @in members    which annotators; those without counts are skipped; of many, an even sample of 2,000 is
/// read
/// @in strength   weight of the pull to the parent, in annotators
/// @cost O(members * K^2) digamma calls a round, at most 40 rounds
/// @source Minka 2000, "Estimating a Dirichlet distribution" (the bound of his fixed point); with the pull,
/// each
///         round maximises a lower bound of the penalised likelihood, so it never falls
[[nodiscard]] ConfusionPrior fit_prior(const Table& counts, std::span<const AnnotatorIndex> members,
                                       const ConfusionPrior& parent, double strength);

/// What `fit_prior` climbs, for one class, without constants; nats.
[[nodiscard]] double prior_fit(const Table& counts, std::span<const AnnotatorIndex> members,
                               const ConfusionPrior& prior, const ConfusionPrior& parent, double strength,
                               std::size_t answer);

}  // namespace mizan::truth
