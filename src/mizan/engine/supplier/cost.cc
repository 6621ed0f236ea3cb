#include "mizan/engine/supplier/cost.h"

#include <cmath>

namespace mizan::supplier {
namespace {

/// Sums in micros, so that they are exact.
struct Sum {
  std::int64_t micros = 0;
  std::size_t rows = 0;
  std::size_t priced = 0;
  void add(std::int64_t price_micros) {
    rows += 1;
    if (price_micros < 0) return;
    priced += 1;
    micros += price_micros;
  }
  [[nodiscard]] Cost cost() const {
    Cost out;
    out.row_count = rows;
    out.priced_row_count = priced;
    const double total = static_cast<double>(micros) / 1e6;
    if (priced > 0) out.price_per_label = total / static_cast<double>(priced);
    if (rows > 0 && priced == rows) out.cost = total;
    return out;
  }
};

}  // namespace

Costs label_costs(const CostInput& input) {
  std::vector<Sum> annotators(input.annotator_count);
  std::vector<Sum> suppliers(input.supplier_count);
  for (std::size_t row = 0; row < input.annotator.size(); ++row) {
    const std::uint32_t a = input.annotator[row];
    const std::uint32_t s = input.supplier_of_annotator.empty() ? 0 : input.supplier_of_annotator[a];
    std::int64_t price = input.price_micros.empty() ? -1 : input.price_micros[row];
    if (price < 0 && !input.price_per_label.empty() && std::isfinite(input.price_per_label[s]))
      price = std::llround(input.price_per_label[s] * 1e6);
    annotators[a].add(price);
    suppliers[s].add(price);
  }
  Costs out;
  for (const Sum& one : annotators) out.annotators.push_back(one.cost());
  for (const Sum& one : suppliers) out.suppliers.push_back(one.cost());
  return out;
}

CostPerCorrect cost_per_correct(const Cost& cost, const Accuracy& accuracy) {
  CostPerCorrect out;
  if (!std::isfinite(cost.price_per_label) || !std::isfinite(accuracy.value)) return out;
  const auto at = [&](double share) {
    return share > 0 ? cost.price_per_label / share : std::numeric_limits<double>::infinity();
  };
  out.value = at(accuracy.value);
  out.interval = {at(accuracy.interval.high), at(accuracy.interval.low)};
  return out;
}

}  // namespace mizan::supplier
