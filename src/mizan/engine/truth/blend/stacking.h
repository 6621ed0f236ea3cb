// Weighing methods by known answers. Internal to engine/truth; see blend.h.
#pragma once

#include <span>
#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// The mixture weights that make the answers likeliest under sum_m w_m p_m, with a Dirichlet prior worth
/// `prior` answers at `start`. Concave; by EM.
/// @in     likelihood [G,M] each method's probability of the right answer; start [M] sums to 1
/// @out    [M] sums to 1
[[nodiscard]] std::vector<double> mixture_weights(const Table& likelihood, std::span<const double> start,
                                                  double prior);

/// [rows,K] sum of weight * part, row by row.
[[nodiscard]] Table mixture(std::span<const Table* const> parts, std::span<const double> weight, Run run);

}  // namespace mizan::truth
