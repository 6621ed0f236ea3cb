// The second half of calibration.h: bending posteriors until they are honest.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/engine/truth/blend/calibration.h"

namespace mizan::truth {
namespace {

// Unknowns: K class offsets (none if they do not move), then s = log of the power 1/temperature.
struct Problem {
  Table logs;  // [G,K]
  std::span<const ClassIndex> answer;
  const ScalingOptions& options;
  std::size_t offsets;  // K or 0

  [[nodiscard]] std::size_t size() const { return offsets + 1; }
  [[nodiscard]] double centre() const { return -std::log(options.temperature); }
};

struct Slopes {
  double objective = 0;
  std::vector<double> gradient;
  Table curvature;  // minus the expected Hessian: positive definite
};

void add_row(const Problem& problem, std::size_t g, std::span<const double> at, Slopes& slopes) {
  const auto logs = problem.logs.row(g);
  const std::size_t classes = logs.size();
  const double power = std::exp(at.back());
  std::vector<double> p(classes);
  for (std::size_t k = 0; k < classes; ++k) p[k] = power * logs[k] + (problem.offsets > 0 ? at[k] : 0);
  const double top = *std::max_element(p.begin(), p.end());
  slopes.objective += p[problem.answer[g]] - top;
  double sum = 0;
  for (double& value : p) sum += value = std::exp(value - top);
  slopes.objective -= std::log(sum);
  double mean = 0;
  for (std::size_t k = 0; k < classes; ++k) mean += (p[k] /= sum) * power * logs[k];
  const std::size_t last = problem.offsets;
  slopes.gradient[last] += power * logs[problem.answer[g]] - mean;
  for (std::size_t k = 0; k < classes; ++k) {
    const double spread = power * logs[k] - mean;
    slopes.curvature.row(last)[last] += p[k] * spread * spread;
    if (problem.offsets == 0) continue;
    slopes.gradient[k] += (k == problem.answer[g] ? 1 : 0) - p[k];
    slopes.curvature.row(last)[k] += p[k] * spread;
    for (std::size_t l = 0; l <= k; ++l) slopes.curvature.row(k)[l] += (k == l ? p[k] : 0) - p[k] * p[l];
  }
}

Slopes slopes_at(const Problem& problem, std::span<const double> at) {
  Slopes slopes{0, std::vector<double>(problem.size(), 0.0), Table(problem.size(), problem.size())};
  for (std::size_t g = 0; g < problem.logs.rows; ++g) add_row(problem, g, at, slopes);
  for (std::size_t i = 0; i < problem.size(); ++i) {
    const bool is_power = i == problem.offsets;
    const double weight = is_power ? problem.options.temperature_weight : problem.options.class_weight;
    const double away = at[i] - (is_power ? problem.centre() : 0);
    slopes.objective -= weight / 2 * away * away;
    slopes.gradient[i] -= weight * away;
    slopes.curvature.row(i)[i] += weight;
  }
  return slopes;
}

// Solves curvature * step = gradient; only the lower triangle of the matrix is read (Cholesky).
std::vector<double> solve(Table matrix, std::vector<double> step) {
  const std::size_t n = step.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix.row(i)[j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix.row(i)[k] * matrix.row(j)[k];
      matrix.row(i)[j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / matrix.row(j)[j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) step[i] -= matrix.row(i)[k] * step[k];
    step[i] /= matrix.row(i)[i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) step[i] -= matrix.row(k)[i] * step[k];
    step[i] /= matrix.row(i)[i];
  }
  return step;
}

// The longest of step, step/2, step/4 … that does not lower the objective; nothing when none does.
bool climb(const Problem& problem, const Slopes& here, std::vector<double>& at) {
  const std::vector<double> step = solve(here.curvature, here.gradient);
  for (double length = 1; length > 1e-4; length /= 2) {
    std::vector<double> next(at);
    for (std::size_t i = 0; i < at.size(); ++i) next[i] += length * step[i];
    if (std::abs(next.back()) < 5 && slopes_at(problem, next).objective > here.objective) {
      at = std::move(next);
      return true;
    }
  }
  return false;
}

}  // namespace

void scale(Table& posterior, const Scaling& scaling, Run run) {
  if (scaling.temperature == 1 && scaling.class_offset.empty()) return;
  const double power = 1 / scaling.temperature;
  std::vector<double> factor(posterior.columns, 1.0);
  for (std::size_t k = 0; k < scaling.class_offset.size(); ++k) factor[k] = std::exp(scaling.class_offset[k]);
  parallel_blocks(run.pool, posterior.rows, block_count(posterior.values.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto row = posterior.row(t);
                      const double top = *std::max_element(row.begin(), row.end());
                      double sum = 0;
                      for (std::size_t k = 0; k < row.size(); ++k)
                        sum += row[k] = factor[k] * (row[k] == top ? 1 : std::pow(row[k] / top, power));
                      for (double& p : row) p /= sum;
                    }
                  });
}

Scaling fit_scaling(const Table& posterior, std::span<const ClassIndex> answer,
                    const ScalingOptions& options) {
  Problem problem{posterior, answer, options, options.moves_classes ? posterior.columns : 0};
  for (double& p : problem.logs.values) p = std::log(std::max(p, Calibration::kLeastProbability));
  std::vector<double> at(problem.size(), 0.0);
  at.back() = problem.centre();
  constexpr int kMostSteps = 50;
  for (int step = 0; step < kMostSteps; ++step) {
    const std::vector<double> before = at;
    if (!climb(problem, slopes_at(problem, at), at)) break;
    double moved = 0;
    for (std::size_t i = 0; i < at.size(); ++i) moved = std::max(moved, std::abs(at[i] - before[i]));
    if (moved < 1e-8) break;
  }
  Scaling scaling{std::exp(-at.back())};
  scaling.class_offset.assign(at.begin(), at.end() - 1);
  return scaling;
}

}  // namespace mizan::truth
