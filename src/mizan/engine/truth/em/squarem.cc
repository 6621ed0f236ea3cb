#include "mizan/engine/truth/em/squarem.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mizan::truth {
namespace {

// The length of the extrapolation, at most `longest`; 1 = no extrapolation (the point is x2).
double step_length(std::span<const double> x0, std::span<const double> x1, std::span<const double> x2,
                   double longest) {
  double r_squared = 0;
  double v_squared = 0;
  for (std::size_t i = 0; i < x0.size(); ++i) {
    const double r = x1[i] - x0[i];
    const double v = x2[i] - x1[i] - r;
    if (!std::isfinite(v)) continue;
    r_squared += r * r;
    v_squared += v * v;
  }
  if (v_squared == 0) return 1;
  return std::clamp(std::sqrt(r_squared / v_squared), 1.0, longest);
}

std::vector<double> extrapolated(std::span<const double> x0, std::span<const double> x1,
                                 std::span<const double> x2, double length) {
  std::vector<double> point(x2.begin(), x2.end());
  for (std::size_t i = 0; i < x0.size(); ++i) {
    const double r = x1[i] - x0[i];
    const double v = x2[i] - x1[i] - r;
    const double value = x0[i] + 2 * length * r + length * length * v;
    if (std::isfinite(value)) point[i] = value;
  }
  return point;
}

class Squarem {
 public:
  Squarem(const EmMap& map, std::vector<double>& point, const SquaremOptions& options)
      : map_(map), options_(options), x0_(point), x1_(point.size()), x2_(point.size()) {}

  Result<SquaremReport> run() {
    for (;;) {
      MIZAN_CHECK_OK(step(x0_, x1_));
      if (is_finished()) {
        std::swap(x0_, x1_);
        return std::move(report_);
      }
      MIZAN_CHECK_OK(step(x1_, x2_));
      if (is_finished() || !options_.extrapolates)
        std::swap(x0_, x2_);
      else
        MIZAN_CHECK_OK(leap());
      if (is_finished()) return std::move(report_);
    }
  }

 private:
  [[nodiscard]] bool is_finished() const {
    return report_.converged || report_.passes >= options_.max_passes;
  }

  Result<double> pass(std::vector<double>& from, std::vector<double>& to) {
    ++report_.passes;
    return map_(from, to);
  }

  void accept(double objective) {
    report_.objective = objective;
    report_.objective_trace.push_back(objective);
  }

  // One EM step from a point that an EM step led to: has that step gained next to nothing?
  Result<void> step(std::vector<double>& from, std::vector<double>& to) {
    MIZAN_TRY(const double objective, pass(from, to));
    const double gain = objective - report_.objective;
    report_.converged = !report_.objective_trace.empty() && options_.tolerance > 0 &&
                        gain <= options_.tolerance * (1 + std::abs(objective));
    accept(objective);
    return {};
  }

  // Extrapolates from x0, x1, x2 and takes the stabilising step, or goes on from x2. Either way x0 is next.
  Result<void> leap() {
    const double length = step_length(x0_, x1_, x2_, longest_);
    if (length == 1) {
      std::swap(x0_, x2_);
      longest_ *= kGrowth;
      return {};
    }
    std::vector<double> beyond = extrapolated(x0_, x1_, x2_, length);
    MIZAN_TRY(const double objective, pass(beyond, x1_));
    if (objective >= report_.objective) {  // NaN refuses too
      accept(objective);
      std::swap(x0_, x1_);
      if (length == longest_) longest_ *= kGrowth;
    } else {
      ++report_.refused;
      std::swap(x0_, x2_);
      longest_ = std::max(kShortest, longest_ / kGrowth);
    }
    return {};
  }

  static constexpr double kGrowth = 4;
  static constexpr double kShortest = 2;

  const EmMap& map_;
  const SquaremOptions& options_;
  std::vector<double>& x0_;
  std::vector<double> x1_;
  std::vector<double> x2_;
  double longest_ = kGrowth;
  SquaremReport report_;
};

}  // namespace

Result<SquaremReport> squarem(const EmMap& map, std::vector<double>& point, const SquaremOptions& options) {
  return Squarem(map, point, options).run();
}

}  // namespace mizan::truth
