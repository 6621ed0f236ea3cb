// From sums over draws of the truth, and gold, to an estimate with its variance: the same for a supplier's
// accuracy and for the difference of two suppliers.
#pragma once

#include <limits>
#include <span>

#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/supplier/truth_draws.h"

namespace mizan::supplier {

/// An estimate with the parts of its variance.
struct Estimate {
  double value = 0;
  double recorded_variance = 0;  ///< of the figure for the labels that were given
  double sampling_variance = 0;  ///< what further tasks add
  double lasting_variance = 0;   ///< part of `recorded_variance` that does not fall with the number of tasks
  Basis basis = Basis::model;
  CompareMethod method = CompareMethod::model;
  double degrees = std::numeric_limits<double>::infinity();  ///< of freedom of Student's t
  [[nodiscard]] double variance() const { return recorded_variance + sampling_variance; }
};

/// What the estimates are made from; all spans outlive it.
struct EstimateInput {
  const Estimand& estimand;
  const EstimandSums& sums;
  const TruthDraws& draws;
  std::span<const std::int32_t> gold{};               ///< [I] or empty
  std::span<const truth::Table* const> posteriors{};  ///< of the methods whose spread is doubt
};

/// Without correction by gold (which the chains know): mean over draws; variance = between draws + of the
/// truth given a draw + of the tasks + between methods.
[[nodiscard]] Estimate model_estimate(const EstimateInput& input);

/// The squared spread between methods of what their most likely classes say of the estimand.
[[nodiscard]] double method_variance(const EstimateInput& input);

/// The part of it that more tasks would not make smaller: what is left when the chance in which tasks the
/// methods disagree on is taken out, a variance component of methods × tasks. Not below 0.
/// @source Searle, Casella & McCulloch 1992, Variance Components, ch. 4 (two-way analysis of variance)
[[nodiscard]] double lasting_method_variance(const EstimateInput& input);

/// The model's, corrected by gold: PPI++ with 50 gold tasks and more, weighed by inverse variances with 5 to
/// 49, as it is with fewer.
[[nodiscard]] Estimate best_estimate(const EstimateInput& input);

}  // namespace mizan::supplier
