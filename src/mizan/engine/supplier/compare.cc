#include "mizan/engine/supplier/compare.h"

#include <algorithm>
#include <cmath>

#include "mizan/engine/supplier/estimate.h"

namespace mizan::supplier {

PairComparison compare_suppliers(std::uint32_t a, std::uint32_t b, const EstimateInput& input) {
  PairComparison out;
  out.supplier_a = a;
  out.supplier_b = b;
  out.task_count = input.estimand.tasks.size();
  if (!input.gold.empty())
    for (const truth::TaskIndex task : input.estimand.tasks)
      out.gold_task_count += input.gold[task] != truth::kNoGold ? 1 : 0;
  if (out.task_count < 2) return out;
  const Estimate best = best_estimate(input);
  out.difference = best.value;
  out.standard_error = std::sqrt(best.variance());
  out.lasting_variance = best.lasting_variance;
  out.degrees = best.degrees;
  out.basis = best.basis;
  out.method = best.method;
  const double reach = student_quantile(0.975, best.degrees) * out.standard_error;
  out.interval = {std::max(-1.0, best.value - reach), std::min(1.0, best.value + reach)};
  if (out.standard_error > 0) {
    out.probability_a_better = student_probability(best.value / out.standard_error, best.degrees);
  } else if (best.value != 0) {
    out.probability_a_better = best.value > 0 ? 1 : 0;
  }
  if (out.interval.low > 0) out.conclusion = Conclusion::a_better;
  if (out.interval.high < 0) out.conclusion = Conclusion::b_better;
  return out;
}

}  // namespace mizan::supplier
