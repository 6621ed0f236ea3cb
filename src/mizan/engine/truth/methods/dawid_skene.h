// Dawid–Skene: every annotator has a confusion matrix, fitted together with the answers by EM.
//
// Small problems are computed as in the textbook, in double; large ones by the fused pass of em_pass.h, which
// agrees within 1e-6. Pure; thread-safe; the same result for any number of threads.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/em/em_pass.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct DawidSkeneOptions {
  int max_steps = 100;  ///< one step = parameters from the posteriors, then posteriors from the parameters
  double tolerance = 1e-8;     ///< stop when a step raises the objective by less than this share of its size;
                               ///< 0 = always take max_steps
  double pseudo_count = 0.01;  ///< added to every cell of every annotator's expected confusion counts
  double diagonal_pseudo_count = 0;  ///< added to the diagonal cells on top of pseudo_count
  double class_pseudo_count = 0;     ///< added to the expected count of every class
  const Table* start = nullptr;      ///< [I,K] posteriors to start from (gold still wins); null = vote shares
  /// Reaches convergence in fewer steps by extrapolation (squarem.h), guarded so that the objective never
  /// falls. Not for stopping early: step n is then not the n-th EM step.
  bool accelerates = false;
  EmPassOptions pass{};  ///< how it is computed, not what
};

/// Posteriors, class prior and a confusion matrix per annotator. `objective` is the log-likelihood of labels
/// and gold in nats, plus log of the (unnormalised) Dirichlet prior that the pseudo-counts stand for; each
/// step raises it. `skill` is the annotator's mean accuracy under the class prior. The posteriors are those
/// of the returned parameters; a row of an annotator that no expected count reaches is uniform.
/// @in     evidence  I tasks, W annotators, K classes; tasks without labels do not take part in the fit
/// @errors invalid_argument: a negative pseudo-count or step count, a start of the wrong shape; cancelled
/// @cost   O(steps * labels * K) time, O(I*K + W*K^2) memory
/// @source Dawid & Skene 1979, doi:10.2307/2346806; differs in: pseudo-counts, gold, start, stopping early
[[nodiscard]] Result<Belief> dawid_skene(const Evidence& evidence, const DawidSkeneOptions& options, Run run);

}  // namespace mizan::truth
