// How many more tasks until it is known which of two suppliers is better.
//
// The comparison is an estimate d with variance V from n shared tasks. Of V a part L lasts however many tasks
// come (methods that disagree everywhere in the same way); the rest is chance in tasks, in their truth and in
// skills learnt from them, and falls with their number:
//
//   V(N) = L + (V - L) · n / N        N = n + further tasks, labelled and with gold as those before
//
// What is believed of the difference now is Normal(d, V) (a flat prior), so the estimate from N tasks will be
// Normal(d, V - V(N)) around today's, and with z = Student's 97.5 % quantile the chance that its 95 %
// interval leaves out 0 is
//
//   Phi((|d| - z √V(N)) / √(V - V(N))) + Phi((-|d| - z √V(N)) / √(V - V(N)))
//
// It grows with N. Where it is 1/2 is the likely number: there or before, it is as likely as not that a look
// says which. A difference near 0 gets a large number and not an endless one: what is believed of it is
// hardly ever exactly 0. The chance is of one look at N, not of many looks on the way, which would find 0
// left out sooner, and wrongly so more often than one in twenty.
// @source Spiegelhalter, Abrams & Myles 2004, Bayesian Approaches to Clinical Trials, ch. 6.6 (predictive
// power)
#pragma once

#include <cstdint>
#include <optional>

#include "mizan/engine/supplier/compare.h"

namespace mizan::supplier {

enum class UntilKnownState : std::uint8_t {
  known,         ///< the interval leaves out 0 already
  reachable,     ///< `likely` holds a number
  out_of_reach,  ///< not as likely as not even with kFarthest tasks more
  too_little,    ///< too few shared tasks to say how fast the interval narrows
};

struct UntilKnown {
  /// Further tasks that are reckoned with at most.
  static constexpr std::uint64_t kFarthest = 1'000'000;
  /// Shared tasks below which the variance itself is hardly known.
  static constexpr std::size_t kLeastTasks = 20;
  static constexpr double kLowChance = 0.2;
  static constexpr double kHighChance = 0.8;

  UntilKnownState state = UntilKnownState::too_little;
  std::optional<std::uint64_t> likely{};  ///< further shared tasks: known with chance 1/2
  std::optional<std::uint64_t> low{};     ///< the same with chance kLowChance
  std::optional<std::uint64_t> high{};    ///< the same with chance kHighChance
};

/// The chance that a look after `further` tasks says which is better.
/// @in pair of at least two tasks, not known yet, standard error > 0
[[nodiscard]] double chance_to_know(const PairComparison& pair, std::uint64_t further);

/// @cost O(log kFarthest)
[[nodiscard]] UntilKnown until_known(const PairComparison& pair);

}  // namespace mizan::supplier
