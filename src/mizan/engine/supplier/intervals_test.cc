#include "mizan/engine/supplier/intervals.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace mizan::supplier {
namespace {

TEST(Intervals, clopper_pearson_gives_the_published_ends) {
  EXPECT_NEAR(clopper_pearson(0, 100).high, 0.036217, 1e-6);
  EXPECT_EQ(clopper_pearson(0, 100).low, 0);
  EXPECT_NEAR(clopper_pearson(0, 100, 0.90).high, 0.029513, 1e-6);  // one-sided 95 %
  EXPECT_NEAR(clopper_pearson(2, 100).low, 0.002431, 1e-6);
  EXPECT_NEAR(clopper_pearson(2, 100).high, 0.070384, 1e-6);
  EXPECT_NEAR(clopper_pearson(2, 100, 0.90).high, 0.061619, 1e-6);
  EXPECT_NEAR(clopper_pearson(8, 200).low, 0.017425, 1e-6);
  EXPECT_NEAR(clopper_pearson(8, 200).high, 0.077292, 1e-6);
  EXPECT_NEAR(clopper_pearson(95, 100).low, 0.887165, 1e-6);
  EXPECT_NEAR(clopper_pearson(95, 100).high, 0.983568, 1e-6);
  EXPECT_EQ(clopper_pearson(100, 100).high, 1);
  EXPECT_EQ(clopper_pearson(0, 0).high, 1);
}

TEST(Intervals, wilson_gives_the_published_ends) {
  EXPECT_NEAR(wilson(2, 100).low, 0.005502, 1e-6);
  EXPECT_NEAR(wilson(2, 100).high, 0.070012, 1e-6);
  EXPECT_NEAR(wilson(8, 200).low, 0.020406, 1e-6);
  EXPECT_NEAR(wilson(8, 200).high, 0.076932, 1e-6);
}

double binomial(std::uint64_t n, std::uint64_t k, double p) {
  return std::exp(std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) -
                  std::lgamma(static_cast<double>(n - k) + 1) + static_cast<double>(k) * std::log(p) +
                  static_cast<double>(n - k) * std::log1p(-p));
}

TEST(Intervals, clopper_pearson_never_covers_less_than_it_says) {
  for (const double share : {0.03, 0.2, 0.5, 0.77, 0.95}) {
    for (const std::uint64_t n : {1U, 5U, 30U, 80U}) {
      double covered = 0;
      for (std::uint64_t k = 0; k <= n; ++k) {
        const Interval one = clopper_pearson(k, n);
        if (one.low <= share && share <= one.high) covered += binomial(n, k, share);
      }
      EXPECT_GE(covered, 0.95) << share << " of " << n;
    }
  }
}

TEST(Intervals, mcnemar_exact_gives_the_published_p_value) {
  EXPECT_NEAR(mcnemar_exact(12, 3), 0.03515625, 1e-12);
  EXPECT_NEAR(mcnemar_exact(3, 12), 0.03515625, 1e-12);
  EXPECT_EQ(mcnemar_exact(0, 0), 1);
  EXPECT_EQ(mcnemar_exact(4, 4), 1);
}

TEST(Intervals, beta_interval_agrees_with_the_normal_one_when_narrow_and_stays_inside_when_wide) {
  const Interval narrow = beta_interval(0.7, 1e-6);
  EXPECT_NEAR(narrow.low, 0.7 - 1.96e-3, 1e-5);
  EXPECT_NEAR(narrow.high, 0.7 + 1.96e-3, 1e-5);
  const Interval edge = beta_interval(0.97, 0.002);
  EXPECT_GT(edge.low, 0.8);
  EXPECT_LT(edge.high, 1);
  EXPECT_EQ(beta_interval(0.5, 0.3).low, 0);
  EXPECT_EQ(beta_interval(0.5, 0).low, 0.5);
}

TEST(Intervals, student_reaches_the_normal_distribution) {
  EXPECT_NEAR(student_quantile(0.975, 9), 2.262157, 1e-6);
  EXPECT_NEAR(student_quantile(0.975, std::numeric_limits<double>::infinity()), 1.959964, 1e-6);
  EXPECT_NEAR(student_probability(2.262157, 9), 0.975, 1e-6);
}

}  // namespace
}  // namespace mizan::supplier
