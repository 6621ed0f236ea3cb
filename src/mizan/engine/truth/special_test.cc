#include "mizan/engine/truth/special.h"

#include <array>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace mizan::truth {
namespace {

TEST(Special, digamma_has_its_known_values) {
  EXPECT_NEAR(digamma(1), -std::numbers::egamma, 1e-13);
  EXPECT_NEAR(digamma(0.5), -std::numbers::egamma - 2 * std::numbers::ln2, 1e-13);
  EXPECT_NEAR(digamma(10), 2.251752589066721, 1e-13);
  EXPECT_NEAR(digamma(0.01), -100.56088545786868, 1e-11);
  EXPECT_NEAR(digamma(1e6), 13.815510057964191, 1e-12);
}

TEST(Special, log_gamma_is_the_logarithm_of_factorials) {
  double factorial = 1;
  for (int n = 1; n < 20; ++n) {
    EXPECT_NEAR(log_gamma(n), std::log(factorial), 1e-12) << n;
    factorial *= n;
  }
  EXPECT_NEAR(log_gamma(0.5), 0.5 * std::log(std::numbers::pi), 1e-13);
  EXPECT_NEAR(log_gamma(0.01), std::lgamma(0.01), 1e-12);
}

TEST(Special, trigamma_has_its_known_values_and_is_the_slope_of_digamma) {
  EXPECT_NEAR(trigamma(1), std::numbers::pi * std::numbers::pi / 6, 1e-12);
  for (const double x : {0.1, 2.5, 9.99, 10.01, 300.0}) {
    const double h = 1e-5 * x;
    EXPECT_NEAR((digamma(x + h) - digamma(x - h)) / (2 * h) / trigamma(x), 1, 1e-7) << x;
  }
}

TEST(Special, digamma_is_the_slope_of_log_gamma) {
  for (const double x : {0.1, 0.9, 2.5, 9.99, 10.01, 300.0}) {
    const double h = 1e-5 * x;
    EXPECT_NEAR((log_gamma(x + h) - log_gamma(x - h)) / (2 * h), digamma(x), 1e-6) << x;
  }
}

// KL(Beta(2,1) || Beta(1,1)) = integral of 2x log 2x = log 2 - 1/2.
TEST(Special, divergence_of_a_beta_is_its_integral) {
  const std::array<double, 2> posterior{2, 1};
  const std::array<double, 2> prior{1, 1};
  EXPECT_NEAR(dirichlet_divergence(posterior, prior), std::numbers::ln2 - 0.5, 1e-13);
  EXPECT_EQ(dirichlet_divergence(prior, prior), 0);
}

}  // namespace
}  // namespace mizan::truth
