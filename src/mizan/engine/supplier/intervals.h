// Intervals for shares: from counts, and from a mean and a variance.
#pragma once

#include <cstdint>

namespace mizan::supplier {

/// Ends of a two-sided interval.
struct Interval {
  double low = 0;
  double high = 1;
};

/// Exact binomial interval: never covers less than `level`, whatever the share.
/// @in     correct <= count; count may be 0, which gives [0,1]
/// @source Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404
[[nodiscard]] Interval clopper_pearson(std::uint64_t correct, std::uint64_t count, double level = 0.95);

/// Score interval: covers about `level` on average over shares.
/// @source Wilson 1927, doi:10.1080/01621459.1927.10502953
[[nodiscard]] Interval wilson(std::uint64_t correct, std::uint64_t count, double level = 0.95);

/// Exact two-sided p-value that two labellers who judged the same tasks are equally often right, from the
/// tasks that only one of them got right.
/// @source McNemar 1947, doi:10.1007/BF02295996 (binomial form)
[[nodiscard]] double mcnemar_exact(std::uint64_t only_first_right, std::uint64_t only_second_right);

/// Equal-tailed interval of the Beta distribution with this mean and variance. A variance larger than a share
/// can have gives [0,1]; one of zero gives the mean twice.
[[nodiscard]] Interval beta_interval(double mean, double variance, double level = 0.95);

/// Quantile of Student's t with `degrees` (any positive number) of freedom; infinite degrees = normal.
[[nodiscard]] double student_quantile(double probability, double degrees);
/// P(T <= x) of the same distribution.
[[nodiscard]] double student_probability(double x, double degrees);

}  // namespace mizan::supplier
