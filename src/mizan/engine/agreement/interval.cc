#include "mizan/engine/agreement/interval.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

namespace mizan::agreement {

void set_interval(Coefficient& coefficient, double variance, std::size_t task_count) {
  const double value = coefficient.value.value_or(0);
  if (task_count < 2) {  // one task says nothing about the spread between tasks
    coefficient.low = -1;
    coefficient.high = 1;
    return;
  }
  coefficient.standard_error = std::sqrt(std::max(0.0, variance));
  const boost::math::students_t distribution(static_cast<double>(task_count - 1));
  const double reach = boost::math::quantile(distribution, 0.975) * coefficient.standard_error;
  coefficient.low = std::max(-1.0, value - reach);
  coefficient.high = std::min(1.0, value + reach);
}

}  // namespace mizan::agreement
