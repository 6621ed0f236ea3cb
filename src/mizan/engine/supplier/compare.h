// Which of two suppliers is better, on the tasks that both labelled.
#pragma once

#include <cstdint>
#include <limits>

#include "mizan/engine/supplier/basis.h"
#include "mizan/engine/supplier/intervals.h"

namespace mizan::supplier {

enum class Conclusion : std::uint8_t { a_better, b_better, not_known };
enum class CompareMethod : std::uint8_t { ppi_plus_plus, model };

/// Accuracy of a minus accuracy of b on the tasks that both labelled, each task counting once (paired: a hard
/// task is hard for both). The annotators are those there are: the interval is for further tasks, not for
/// other people of the same suppliers.
struct PairComparison {
  std::uint32_t supplier_a = 0;
  std::uint32_t supplier_b = 0;
  double difference = kNotKnown;  ///< NaN when they share fewer than two tasks
  double standard_error = kNotKnown;
  double lasting_variance = 0;  ///< of the square of `standard_error`, what further tasks do not make smaller
  double degrees = std::numeric_limits<double>::infinity();  ///< of freedom of Student's t
  Interval interval{-1, 1};                                  ///< 95 %
  Basis basis = Basis::model;
  CompareMethod method = CompareMethod::model;
  std::size_t task_count = 0;
  std::size_t gold_task_count = 0;
  double probability_a_better = 0.5;
  Conclusion conclusion = Conclusion::not_known;  ///< known when the interval leaves out 0
};

struct EstimateInput;

/// @in input whose estimand is that of the pair (estimand.h)
[[nodiscard]] PairComparison compare_suppliers(std::uint32_t a, std::uint32_t b, const EstimateInput& input);

}  // namespace mizan::supplier
