// What labels cost, and what a right one costs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/supplier/accuracy.h"

namespace mizan::supplier {

struct CostInput {
  std::span<const std::uint32_t> annotator{};    ///< [rows] of the table, repeats and all: each was paid for
  std::span<const std::int64_t> price_micros{};  ///< [rows] -1 = unknown; or empty
  std::span<const std::uint32_t> supplier_of_annotator{};  ///< [W]; empty = all are one supplier
  std::size_t annotator_count = 0;
  std::size_t supplier_count = 1;
  /// [S] units of currency for a label whose row has no price; NaN = unknown; or empty
  std::span<const double> price_per_label{};
};

/// In units of currency. NaN = not known.
struct Cost {
  double cost = kNotKnown;             ///< of all rows; known when the price of every row is
  double price_per_label = kNotKnown;  ///< mean of the rows whose price is known
  std::size_t row_count = 0;
  std::size_t priced_row_count = 0;
};

struct Costs {
  std::vector<Cost> annotators{};  ///< [W]
  std::vector<Cost> suppliers{};   ///< [S]
};

/// @cost O(rows)
[[nodiscard]] Costs label_costs(const CostInput& input);

/// Price of a label divided by the chance that it is right. The price is known, so the interval is that of
/// the accuracy, turned over; its high end is infinite when the accuracy may be 0.
struct CostPerCorrect {
  double value = kNotKnown;
  Interval interval{kNotKnown, kNotKnown};
};
[[nodiscard]] CostPerCorrect cost_per_correct(const Cost& cost, const Accuracy& accuracy);

}  // namespace mizan::supplier
