#include "mizan/engine/truth/special.h"

#include <cmath>
#include <cstddef>

namespace mizan::truth {
namespace {
// Under this the recurrence raises the argument; from here on the asymptotic series is exact to 1e-14.
constexpr double kAsymptotic = 10.0;
}  // namespace

// Abramowitz & Stegun 6.3.5 and 6.3.18.
double digamma(double x) {
  double shift = 0;
  for (; x < kAsymptotic; x += 1) shift -= 1 / x;
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double series =
      square *
      (1. / 12 - square * (1. / 120 - square * (1. / 252 - square * (1. / 240 - square * (1. / 132)))));
  return shift + std::log(x) - 0.5 * inverse - series;
}

// Abramowitz & Stegun 6.4.6 and 6.4.12.
double trigamma(double x) {
  double shift = 0;
  for (; x < kAsymptotic; x += 1) shift += 1 / (x * x);
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double series =
      inverse * square * (1. / 6 - square * (1. / 30 - square * (1. / 42 - square * (1. / 30))));
  return shift + inverse + 0.5 * square + series;
}

// Abramowitz & Stegun 6.1.15 and 6.1.41.
double log_gamma(double x) {
  double product = 1;
  for (; x < kAsymptotic; x += 1) product *= x;
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double series =
      inverse *
      (1. / 12 - square * (1. / 360 - square * (1. / 1260 - square * (1. / 1680 - square * (1. / 1188)))));
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  return (x - 0.5) * std::log(x) - x + kHalfLogTwoPi + series - std::log(product);
}

double dirichlet_divergence(std::span<const double> posterior, std::span<const double> prior) {
  double posterior_sum = 0;
  double prior_sum = 0;
  for (const double value : posterior) posterior_sum += value;
  for (const double value : prior) prior_sum += value;
  const double digamma_sum = digamma(posterior_sum);
  double divergence = log_gamma(posterior_sum) - log_gamma(prior_sum);
  for (std::size_t i = 0; i < posterior.size(); ++i) {
    if (posterior[i] == prior[i]) continue;  // nothing was counted here: the two gammas cancel
    divergence += log_gamma(prior[i]) - log_gamma(posterior[i]) +
                  (posterior[i] - prior[i]) * (digamma(posterior[i]) - digamma_sum);
  }
  return divergence;
}

}  // namespace mizan::truth
