// Prediction-powered inference: a mean from a few tasks whose right answer is known and many on which a model
// has only an expectation. The gold corrects the model whatever its faults; the model makes the interval
// narrower as far as it is right. Valid when the gold tasks are a random part of the tasks.
//
// Tasks are clusters: task i has a value (say the number of right labels) and a size (the number of labels),
// and what is estimated is sum of values / sum of sizes. With all sizes 1 it is the plain mean.
// @source Angelopoulos, Duchi & Zrnic 2023, arXiv:2311.01453 (PPI++)
#pragma once

#include <span>
#include <vector>

#include "mizan/engine/supplier/intervals.h"

namespace mizan::supplier {

struct PpiInput {
  std::span<const double> gold_value{};  ///< [n] what the truth says
  std::span<const double> gold_model{};  ///< [n] what the model expects, not knowing the answer
  std::span<const double> gold_size{};   ///< [n]
  std::span<const double> model{};       ///< [N] what the model expects of the other tasks
  std::span<const double> model_size{};  ///< [N]
};

enum class PpiVariant : std::uint8_t {
  published,     ///< one lambda from all gold, variances over n: the paper's, for large n
  small_sample,  ///< lambda cross-fitted in five parts, variances over n - 1, Student's t: what Mizan uses
};

struct PpiEstimate {
  double lambda = 0;  ///< how far the model is trusted, 0 … 1
  double value = 0;
  double standard_error = 0;
  double degrees = 0;  ///< of freedom of Student's t; infinite for `published`
};

/// @in n >= 2; N may be 0, which gives the mean of the gold alone
/// @cost O(n + N)
[[nodiscard]] PpiEstimate ppi_plus_plus(const PpiInput& input, PpiVariant variant = PpiVariant::small_sample);

/// value -+ t · standard error.
[[nodiscard]] Interval interval_of(const PpiEstimate& estimate, double level = 0.95);

}  // namespace mizan::supplier
