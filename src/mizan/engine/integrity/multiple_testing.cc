#include "mizan/engine/integrity/multiple_testing.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace mizan::integrity {

std::vector<double> benjamini_hochberg(const std::vector<double>& p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p_values[a] > p_values[b]; });
  std::vector<double> q(p_values.size());
  const auto tests = static_cast<double>(p_values.size());
  double least = 1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double rank = tests - static_cast<double>(i);
    least = std::min(least, p_values[order[i]] * tests / rank);
    q[order[i]] = least;
  }
  return q;
}

namespace {
double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}
}  // namespace

EmpiricalNull empirical_null(const std::vector<double>& scores) {
  constexpr std::size_t kLeastScores = 20;
  if (scores.size() < kLeastScores) return {};
  const double centre = median(scores);
  std::vector<double> below;
  for (const double score : scores)
    if (score <= centre) below.push_back(centre - score);
  return {std::max(0.0, centre), std::max(1.0, 1.4826 * median(below))};
}

double normal_upper_tail(double z) {
  return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

}  // namespace mizan::integrity
