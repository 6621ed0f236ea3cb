// Published accuracies of truth methods on real sets, for tests; skipped, visibly, where the sets are
// missing.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/shared_set.h"

namespace mizan::test {

struct PublishedAccuracy {
  std::string set;
  double accuracy;   ///< a set's answers that tie count in parts
  double tolerance;  ///< for the order of sums, repeated labels and random starts
};

/// Share of tasks answered right, as in the published notebooks: of m equally best classes each counts 1/m.
inline double accuracy_with_ties(const truth::Table& posterior, const std::vector<std::int32_t>& truth) {
  double right = 0;
  double known = 0;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    if (truth[t] == truth::kNoGold) continue;
    const auto row = posterior.row(t);
    const double top = *std::max_element(row.begin(), row.end()) - 1e-12;
    const auto best = std::count_if(row.begin(), row.end(), [&](double p) { return p >= top; });
    known += 1;
    if (row[static_cast<std::size_t>(truth[t])] >= top) right += 1.0 / static_cast<double>(best);
  }
  return right / known;
}

inline void expect_published(const Method& method, const std::vector<PublishedAccuracy>& published) {
  std::size_t seen = 0;
  for (const auto& row : published) {
    const auto set = load_shared_set(row.set);
    if (!set) continue;
    ++seen;
    const truth::Belief belief = believe(method, {set->labels}, 2);
    EXPECT_NEAR(accuracy_with_ties(belief.posterior, set->truth), row.accuracy, row.tolerance) << row.set;
  }
  if (seen == 0) GTEST_SKIP() << "no shared data";
}

}  // namespace mizan::test
