#include "mizan/engine/truth/blend/stacking.h"

#include <algorithm>
#include <cmath>

namespace mizan::truth {

std::vector<double> mixture_weights(const Table& likelihood, std::span<const double> start, double prior) {
  constexpr int kMostSteps = 500;
  constexpr double kLeast = 1e-6;  // a method that called an answer impossible is wrong, not infinitely so
  const std::size_t methods = start.size();
  std::vector<double> weight(start.begin(), start.end());
  for (int step = 0; step < kMostSteps; ++step) {
    std::vector<double> share(methods);
    for (std::size_t m = 0; m < methods; ++m) share[m] = prior * start[m];
    for (std::size_t g = 0; g < likelihood.rows; ++g) {
      const auto row = likelihood.row(g);
      double sum = 0;
      for (std::size_t m = 0; m < methods; ++m) sum += weight[m] * (row[m] + kLeast);
      for (std::size_t m = 0; m < methods; ++m) share[m] += weight[m] * (row[m] + kLeast) / sum;
    }
    double moved = 0;
    for (std::size_t m = 0; m < methods; ++m) {
      share[m] /= prior + static_cast<double>(likelihood.rows);
      moved = std::max(moved, std::abs(share[m] - weight[m]));
    }
    weight = std::move(share);
    if (moved < 1e-6) break;
  }
  return weight;
}

Table mixture(std::span<const Table* const> parts, std::span<const double> weight, Run run) {
  Table sum(parts.front()->rows, parts.front()->columns);
  parallel_blocks(run.pool, sum.values.size(), block_count(sum.values.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t m = 0; m < parts.size(); ++m)
                      for (std::size_t i = begin; i < end; ++i)
                        sum.values[i] += weight[m] * parts[m]->values[i];
                  });
  return sum;
}

}  // namespace mizan::truth
