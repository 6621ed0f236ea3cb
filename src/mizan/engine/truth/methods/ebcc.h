// EBCC: enhanced Bayesian classifier combination. Every class has a few hidden subtypes (easy, blurred,
// look-alike …), each with its own confusion matrix per annotator, so that annotators may be wrong together.
//
// Variational inference from random subtypes; several restarts. The dearest of the methods: ask `ebcc_cost`
// first. Pure; thread-safe; the same result for any number of threads.
#pragma once

#include <cstdint>

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

enum class EbccCombine : std::uint8_t {
  mean,  ///< the mean of the restarts' posteriors: as accurate as the best of many, better calibrated
  best,  ///< the restart with the highest free energy, as published
};

struct EbccOptions {
  std::size_t subtypes = 10;  ///< of each class
  std::size_t restarts = 3;
  EbccCombine combine = EbccCombine::mean;
  std::uint64_t seed = 1;
  double subtype_count = 0.1;  ///< Dirichlet pseudo-count shared by the subtypes of a class
  double diagonal = 4;         ///< pseudo-count of the right answer
  double off_diagonal = 1;     ///< pseudo-count of each wrong answer
  int max_steps = 200;
  double tolerance = 1e-3;   ///< settled when no probability of any task moves more than this
  bool keeps_trace = false;  ///< the free energy after every step, not after the last alone: a third slower
  /// Refuse (`cannot_be_known`) what would take more than this many bytes.
  double most_bytes = 4e9;
};

/// What a run takes, before it is run.
struct EbccCost {
  double multiplications_per_step;  ///< of all restarts together; about 1e9 a second and core
  double bytes;                     ///< of the restarts that are in memory at once
};
[[nodiscard]] EbccCost ebcc_cost(const LabelMatrix& labels, const EbccOptions& options);

/// Posteriors, class prior, confusion (over subtypes), `skill` = mean accuracy under the class prior. The
/// class prior's pseudo-counts are the votes. `objective` is the exact free energy (of the best restart),
/// which never falls in the trace (of that restart).
/// @errors invalid_argument: counts that are not positive; cannot_be_known: too large for most_bytes;
/// cancelled
/// @cost   O(restarts * steps * K*subtypes * (labels + tasks + W*K)) time, O(tasks*K*subtypes) memory a
/// restart
/// @source Li, Rubinstein & Cohn 2019, "Exploiting worker correlation for label aggregation in
/// crowdsourcing";
///         differs in: gold, the mean of restarts, constants of the free energy kept
[[nodiscard]] Result<Belief> ebcc(const Evidence& evidence, const EbccOptions& options, Run run);

}  // namespace mizan::truth
