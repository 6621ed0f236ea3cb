// Many tests at once: how many of the flags may be false.
#pragma once

#include <vector>

namespace mizan::integrity {

/// @out    q-values: flagging everything with q <= x has an expected share of false flags of at most x
/// @source Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x
[[nodiscard]] std::vector<double> benjamini_hochberg(const std::vector<double>& p_values);

/// Centre and spread of the scores of honest cases, learned from all scores: their median, and the quartile
/// distance below it, which cheats cannot reach. Never narrower or lower than a standard normal; with under
/// 20 scores that one.
/// @source Efron 2004, doi:10.1198/016214504000000089
struct EmpiricalNull {
  double centre = 0;
  double spread = 1;
  [[nodiscard]] double standardise(double z) const { return (z - centre) / spread; }
};
[[nodiscard]] EmpiricalNull empirical_null(const std::vector<double>& scores);

/// P(Z >= z) of a standard normal.
[[nodiscard]] double normal_upper_tail(double z);

}  // namespace mizan::integrity
