// BWA: Bayesian weighted average. Each class is a yes/no question whose answer is a real number; an annotator
// is a precision per class, and an answer is the average of the labels weighted by precision.
//
// Very fast and well calibrated; weak where one class has a strong pull on mistakes. Pure; thread-safe; the
// same result for any number of threads.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct BwaOptions {
  int max_steps = 500;
  double tolerance = 1e-3;  ///< a class is settled when no answer moves by more than this share of itself
  double precision_pseudo_count = 15;  ///< labels that the prior of an annotator's precision is worth
  double mean_strength = 1;            ///< precision of the pull of every answer to its class's mean
};

/// Posteriors and class prior (the classes' mean answers). `skill` is the mean precision over classes (higher
/// = closer to the consensus); no confusion, no objective.
/// @errors invalid_argument: a step count under 1, a strength that is not positive; cancelled
/// @cost   O(steps * labels * K) time, O(I*K + blocks*W*K) memory
/// @source Li 2019, "Bayesian weighted average"; differs in: gold, answers normalised over classes, and a
/// floor
///         under the prior variance, without which one label per task divides 0 by 0
[[nodiscard]] Result<Belief> bwa(const Evidence& evidence, const BwaOptions& options, Run run);

}  // namespace mizan::truth
