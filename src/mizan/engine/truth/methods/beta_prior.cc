#include "mizan/engine/truth/methods/beta_prior.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

namespace mizan::truth {
namespace {

constexpr double kLeast = 0.05;
constexpr double kMost = 1e4;
constexpr double kLongestStep = 1.0;  // in log units

struct Counts {
  double right;
  double wrong;
};

// First and second derivative of sum log Gamma(count + prior) - log Gamma(prior) by the prior.
struct Slope {
  double first = 0;
  double second = 0;

  void add(double count, double prior) {
    if (count <= 0) return;
    first += boost::math::digamma(count + prior) - boost::math::digamma(prior);
    second += boost::math::trigamma(count + prior) - boost::math::trigamma(prior);
  }
};

std::vector<Counts> speakers_of(std::span<const double> right, std::span<const double> all) {
  std::vector<Counts> speakers;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i] > 0) speakers.push_back({right[i], std::max(0.0, all[i] - right[i])});
  if (speakers.size() <= kMostSpeakers) return speakers;
  std::vector<Counts> sample(kMostSpeakers);
  for (std::size_t i = 0; i < kMostSpeakers; ++i) sample[i] = speakers[i * speakers.size() / kMostSpeakers];
  return sample;
}

double moved(double value, double log_step) {
  return std::clamp(value * std::exp(std::clamp(log_step, -kLongestStep, kLongestStep)), kLeast, kMost);
}

// One Newton step in (log right, log wrong); up the gradient where the surface is not concave.
BetaPrior step_up(const BetaPrior& at, std::span<const Counts> speakers, double scale,
                  const BetaPriorOptions& options) {
  Slope right;
  Slope wrong;
  Slope all;
  for (const Counts& counts : speakers) {
    right.add(counts.right, at.right);
    wrong.add(counts.wrong, at.wrong);
    all.add(counts.right + counts.wrong, at.right + at.wrong);
  }
  const double a = at.right;
  const double b = at.wrong;
  const double slope_a = scale * a * (right.first - all.first);
  const double slope_b = scale * b * (wrong.first - all.first);
  const double pull_a = slope_a - options.weight * std::log(a / options.centre.right);
  const double pull_b = slope_b - options.weight * std::log(b / options.centre.wrong);
  const double bend_aa = slope_a + scale * a * a * (right.second - all.second) - options.weight;
  const double bend_bb = slope_b + scale * b * b * (wrong.second - all.second) - options.weight;
  const double bend_ab = -scale * a * b * all.second;
  const double determinant = bend_aa * bend_bb - bend_ab * bend_ab;
  if (bend_aa < 0 && determinant > 0)
    return {moved(a, -(bend_bb * pull_a - bend_ab * pull_b) / determinant),
            moved(b, -(bend_aa * pull_b - bend_ab * pull_a) / determinant)};
  return {moved(a, pull_a / (options.weight + std::abs(bend_aa) + std::abs(bend_ab))),
          moved(b, pull_b / (options.weight + std::abs(bend_bb) + std::abs(bend_ab)))};
}

}  // namespace

BetaPrior learn_beta_prior(BetaPrior prior, std::span<const double> right, std::span<const double> all,
                           const BetaPriorOptions& options) {
  const std::vector<Counts> speakers = speakers_of(right, all);
  if (speakers.empty()) return options.centre;
  const auto speaking =
      static_cast<double>(std::count_if(all.begin(), all.end(), [](double n) { return n > 0; }));
  const double scale = speaking / static_cast<double>(speakers.size());
  for (int step = 0; step < options.steps; ++step) prior = step_up(prior, speakers, scale, options);
  return prior;
}

}  // namespace mizan::truth
