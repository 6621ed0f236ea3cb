#include "mizan/engine/supplier/intervals.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "mizan/engine/truth/blend/calibration.h"

namespace mizan::supplier {
namespace {
constexpr double kManyDegrees = 1e6;  // from here on Student's t is the normal distribution
constexpr double kNarrow = 1e6;       // a Beta distribution of this size is as good as normal

// A series that does not converge to the last digit is good enough here: it must not throw.
using Lenient = boost::math::policies::policy<
    boost::math::policies::promote_double<false>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;
}  // namespace

Interval clopper_pearson(std::uint64_t correct, std::uint64_t count, double level) {
  if (count == 0) return {};
  const truth::ShareInterval share = truth::exact_share_interval(correct, count, level);
  return {share.low, share.high};
}

Interval wilson(std::uint64_t correct, std::uint64_t count, double level) {
  if (count == 0) return {};
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + level / 2);
  const auto n = static_cast<double>(count);
  const double share = static_cast<double>(correct) / n;
  const double middle = share + z * z / (2 * n);
  const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {std::max(0.0, (middle - reach) / scale), std::min(1.0, (middle + reach) / scale)};
}

double mcnemar_exact(std::uint64_t only_first_right, std::uint64_t only_second_right) {
  const std::uint64_t count = only_first_right + only_second_right;
  if (count == 0) return 1;
  const boost::math::binomial_distribution<> coin(static_cast<double>(count), 0.5);
  const auto fewer = static_cast<double>(std::min(only_first_right, only_second_right));
  return std::min(1.0, 2 * boost::math::cdf(coin, fewer));
}

Interval beta_interval(double mean, double variance, double level) {
  constexpr double kEdge = 1e-6;
  if (variance <= 1e-14) return {mean, mean};
  const double inside = std::clamp(mean, kEdge, 1 - kEdge);
  const double size = inside * (1 - inside) / variance - 1;
  if (size <= 0) return {};
  const double tail = (1 - level) / 2;
  if (size > kNarrow) {
    const double reach = student_quantile(1 - tail, kManyDegrees) * std::sqrt(variance);
    return {std::max(0.0, mean - reach), std::min(1.0, mean + reach)};
  }
  const boost::math::beta_distribution<double, Lenient> beta(inside * size, (1 - inside) * size);
  return {boost::math::quantile(beta, tail), boost::math::quantile(beta, 1 - tail)};
}

double student_quantile(double probability, double degrees) {
  if (!(degrees < kManyDegrees)) return boost::math::quantile(boost::math::normal(), probability);
  return boost::math::quantile(boost::math::students_t_distribution<>(degrees), probability);
}

double student_probability(double x, double degrees) {
  if (!(degrees < kManyDegrees)) return boost::math::cdf(boost::math::normal(), x);
  return boost::math::cdf(boost::math::students_t_distribution<>(degrees), x);
}

}  // namespace mizan::supplier
