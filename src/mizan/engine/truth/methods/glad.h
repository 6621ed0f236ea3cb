// GLAD: annotators differ in ability, tasks in easiness; P(label is right) = sigmoid(ability * easiness).
//
// A few labels per task say little about how easy it is: weak where tasks have fewer than about five labels.
// Pure; thread-safe; the same result for any number of threads.
#pragma once

#include <vector>

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct GladOptions {
  int max_steps = 200;
  double tolerance = 1e-6;  ///< stop when a step raises the objective by less than this share of its size
  /// Abilities and logarithms of easiness are drawn from normal distributions with these means and
  /// variance 1.
  double ability_mean = 1;
  double log_easiness_mean = 1;
};

struct GladModel {
  Belief belief;                     ///< `skill` is ability: 0 = random, negative = worse than random
  std::vector<double> log_easiness;  ///< [I]; the prior's mean for tasks without labels
};

/// P(a label is right) of an annotator on a task.
[[nodiscard]] double glad_right(double ability, double log_easiness);

/// Classes are equally likely beforehand and errors fall evenly on the wrong classes. `objective` is the
/// log-likelihood of labels and gold plus the log density of abilities and easiness (without constants),
/// nats; no step lowers it: abilities and easiness maximise, in turn, the quadratic bound of the logistic
/// function.
/// @errors invalid_argument: fewer than one step; cancelled
/// @cost   O(steps * labels * (K + exponentials)) time, O(I*K + labels) memory
/// @source Whitehill et al. 2009, "Whose vote should count more"; the bound: Jaakkola & Jordan 2000; differs
/// in:
///         the bound in place of gradient steps, gold
[[nodiscard]] Result<GladModel> fit_glad(const Evidence& evidence, const GladOptions& options, Run run);

/// The belief of `fit_glad` alone.
[[nodiscard]] Result<Belief> glad(const Evidence& evidence, const GladOptions& options, Run run);

}  // namespace mizan::truth
