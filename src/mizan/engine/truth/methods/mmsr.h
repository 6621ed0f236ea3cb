// M-MSR: how often annotators agree with each other, explained by one number per annotator (a matrix of rank
// one), with the most extreme pairs left out so that a few adversaries cannot bend the rest.
//
// Needs pairs of annotators with tasks in common; a table of all pairs, so for thousands of annotators, not
// millions. Pure; thread-safe; the same result for any number of threads.
#pragma once

#include <cstdint>

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct MmsrOptions {
  int max_steps = 500;
  double tolerance = 1e-8;             ///< settled when no skill moves by more than this
  std::uint64_t seed = 1;              ///< of the first skills, uniform in (0,1)
  std::size_t most_annotators = 5000;  ///< refuse (`cannot_be_known`) more: memory grows with the square
};

/// `skill` is s in P(right) = s (K-1)/K + 1/K: 1 = always right, 0 = random, negative = worse. Posteriors are
/// Bayes' rule for such annotators, classes equally likely beforehand. An annotator who shares no task with
/// anybody gets the mean skill of the others (of nobody: 1/2). With gold, the gold answers take part as one
/// more annotator.
/// @errors cannot_be_known: more than most_annotators; cancelled
/// @cost   O(sum over tasks of labels^2 + steps * W^2 log W) time, O(W^2) memory
/// @source Ma & Olshevsky 2020, "Adversarial crowdsourcing through robust rank-one matrix completion";
/// differs in:
///         gold, annotators without company
[[nodiscard]] Result<Belief> mmsr(const Evidence& evidence, const MmsrOptions& options, Run run);

}  // namespace mizan::truth
