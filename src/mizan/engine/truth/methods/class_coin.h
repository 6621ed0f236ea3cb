// Class coin: an annotator has one probability of being right per class, drawn from a Beta prior learned from
// all annotators (empirical Bayes); errors fall like everybody's errors. Between one coin and Dawid–Skene: it
// knows that some classes are harder, and needs far fewer labels than a full confusion matrix.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/methods/beta_prior.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct ClassCoinOptions {
  int max_steps = 50;
  double tolerance = 1e-6;        ///< share of the objective a step must gain to go on
  BetaPrior prior{4, 1};          ///< where learning of each class's prior starts and is drawn to
  double prior_weight = 5;        ///< how strongly it is drawn there (see beta_prior.h)
  bool learns_prior = true;       ///< refit the priors from all annotators at each step
  double error_pseudo_count = 1;  ///< added to every wrong cell of the pooled confusion matrix
  double class_pseudo_count = 1;
};

/// Posteriors by EM from vote shares. `skill` is mean accuracy under the class prior; `confusion` the
/// matrices of the last step. `objective` is the log-likelihood plus the log density of the prior of that
/// step (with a learned prior it need not rise).
/// @errors invalid_argument: max_steps < 1 or a pseudo-count that is not positive; cancelled
/// @cost   O(steps * labels * K) time, O(I*K + W*K^2) memory; deterministic; thread-safe
/// @source the per-class case of Dawid & Skene 1979; prior: Minka 2000 (see beta_prior.h)
[[nodiscard]] Result<Belief> class_coin(const Evidence& evidence, const ClassCoinOptions& options, Run run);

}  // namespace mizan::truth
