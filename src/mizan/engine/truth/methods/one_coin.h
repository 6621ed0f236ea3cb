// One coin: an annotator is right with one probability, whatever the class, and errs evenly over the others.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/methods/beta_prior.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct OneCoinOptions {
  int max_steps = 100;
  double tolerance = 1e-7;   ///< share of the objective a step must gain to go on
  BetaPrior prior{2, 0.5};   ///< pseudo-counts of right and wrong labels of every annotator
  bool learns_prior = true;  ///< refit `prior` from all annotators at each step (empirical Bayes)
  double class_pseudo_count = 1;
};

/// Posteriors by EM from vote shares. `skill` is an annotator's probability of being right, `confusion` the
/// matrix it implies. `objective` is the log posterior density (with a learned prior: under the prior of that
/// step, so then it need not rise).
/// @errors invalid_argument: max_steps < 1 or a pseudo-count that is not positive; cancelled
/// @cost   O(steps * (labels + tasks*K)) time, O(I*K + W*K) memory (confusion: W*K^2)
/// @source the symmetric case of Dawid & Skene 1979; ZenCrowd (Demartini et al. 2012); differs in: learned
/// prior
[[nodiscard]] Result<Belief> one_coin(const Evidence& evidence, const OneCoinOptions& options, Run run);

}  // namespace mizan::truth
