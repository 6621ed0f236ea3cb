// MACE: an annotator either knows the answer or, without looking, draws from a habit of their own. Finds
// those who always press the same button.
#pragma once

#include <cstdint>

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct MaceOptions {
  int starts = 0;            ///< the first from vote shares, the others random; the best objective is kept.
                             ///< 0 = by size: kMostStarts while starts * labels <= kStartWork, at least 1
  int max_steps = 50;        ///< of each start
  double tolerance = 1e-6;   ///< share of the objective a step must gain to go on
  double knows_prior = 0.5;  ///< Beta(knows_prior, knows_prior) on the share of known answers
  double habit_prior = 0.5;  ///< symmetric Dirichlet on the habit: pseudo-labels per class
  bool describes_annotators = true;  ///< fill `skill` and `confusion` (W*K^2 numbers)
  std::uint64_t seed = 1;            ///< of the random starts

  static constexpr int kMostStarts = 10;
  static constexpr double kStartWork = 1e6;
};

/// Posteriors by variational Bayes with an even class prior. `skill` is the posterior mean of the probability
/// that an annotator knows; `confusion` the matrix of the posterior means. `objective` is the free energy (a
/// lower bound of the log evidence), which each step raises; the trace is that of the start that was kept.
/// `class_prior` is the mean posterior (the model itself holds classes equally likely).
/// Speed: the E and M sums are one pass that touches two numbers a label, cut into blocks; more labels get
/// fewer starts, since then one start finds the same optimum.
/// @errors invalid_argument: max_steps < 1, a prior that is not positive; cancelled
/// @cost   O(starts * steps * (labels + tasks*K)) time, O(I*K + W*K) memory (confusion: W*K^2)
/// @source Hovy, Berg-Kirkpatrick, Vaswani & Hovy 2013, aclanthology.org/N13-1132; differs in: first start,
/// gold
[[nodiscard]] Result<Belief> mace(const Evidence& evidence, const MaceOptions& options, Run run);

}  // namespace mizan::truth
