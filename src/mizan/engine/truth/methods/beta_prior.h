// A Beta prior learned from many annotators' counts (empirical Bayes). Internal to engine/truth.
#pragma once

#include <span>

namespace mizan::truth {

struct BetaPrior {
  double right = 1;  ///< pseudo-count of right labels
  double wrong = 1;  ///< pseudo-count of wrong labels

  [[nodiscard]] double mean() const { return right / (right + wrong); }
};

/// Where the learned prior is drawn when few annotators speak.
struct BetaPriorOptions {
  BetaPrior centre{4, 1};
  double weight =
      5;          ///< of a quadratic penalty on the log distance from the centre: about so many annotators
  int steps = 3;  ///< Newton steps; callers come again with the last result
};

/// Moves `prior` towards the maximum of the beta-binomial likelihood of the counts less the penalty, so that
/// it neither runs to certainty nor vanishes when annotators have few labels. Of more than kMostSpeakers
/// annotators an even sample is read: two numbers need no more.
/// @in     right, all  [n] counts (fractions allowed), 0 <= right <= all; those with all = 0 say nothing
/// @cost   O(steps * min(n, kMostSpeakers) + n)
/// @source beta-binomial likelihood; cf. Minka 2000, Estimating a Dirichlet distribution
[[nodiscard]] BetaPrior learn_beta_prior(BetaPrior prior, std::span<const double> right,
                                         std::span<const double> all, const BetaPriorOptions& options);

inline constexpr std::size_t kMostSpeakers = 2048;

}  // namespace mizan::truth
