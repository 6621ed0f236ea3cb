// SQUAREM: fewer passes to the fixed point of an EM map, by extrapolating along its last two steps.
//
// One cycle: two EM steps from x0 give x1 and x2; with r = x1 - x0 and v = (x2 - x1) - r the next point is
// x0 - 2 a r + a^2 v, where a = -|r|/|v|; a third EM step from there stabilises it. The safeguard: the third
// step also tells the objective at the extrapolated point; if that lies below the objective at x1, the cycle
// goes on from x2 as plain EM would. So the objective of accepted points never falls.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::truth {

/// One EM step: writes the next point and returns the objective at `from`. `from` may be an extrapolated
/// point (for logs of probabilities: rows that do not sum to 1); the map may put it right in place first.
using EmMap = std::function<Result<double>(std::span<double> from, std::span<double> to)>;

struct SquaremOptions {
  int max_passes = 300;     ///< EM steps, each a pass over the labels
  double tolerance = 1e-8;  ///< stop when an EM step raises the objective by less than this share of its size
  bool extrapolates = true;  ///< false = plain EM under the same rule: what the saving is measured against
};

struct SquaremReport {
  int passes = 0;
  int refused = 0;  ///< extrapolations that the safeguard sent back
  bool converged = false;
  double objective = 0;                 ///< at the last accepted point whose objective is known
  std::vector<double> objective_trace;  ///< of accepted points, never falling (but for rounding)
};

/// Runs the map from `point` until it settles; `point` becomes the result of the last accepted EM step.
/// Numbers that are not finite (logs of 0) are never extrapolated.
/// @errors whatever the map returns
/// @source Varadhan & Roland 2008, Scand. J. Statist. 35:335, doi:10.1111/j.1467-9469.2007.00585.x (scheme
/// S3)
Result<SquaremReport> squarem(const EmMap& map, std::vector<double>& point, const SquaremOptions& options);

}  // namespace mizan::truth
