// Labels that break careless methods, for the tests of engine/truth.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::test {

struct OddLabels {
  std::string name;
  truth::LabelMatrix labels;
};

inline std::vector<OddLabels> odd_labels(std::size_t classes = 3) {
  const auto last = static_cast<truth::ClassIndex>(classes - 1);
  std::vector<OddLabels> odd;
  odd.push_back({"no labels at all", matrix_of({}, 3, 2, classes)});
  odd.push_back({"no annotators", matrix_of({}, 2, 0, classes)});
  odd.push_back({"one label", matrix_of({{0, 0, 1}}, 1, 1, classes)});
  odd.push_back({"tasks without labels", matrix_of({{1, 0, 0}, {1, 1, 0}, {3, 0, 1}}, 5, 2, classes)});
  odd.push_back({"annotators without labels", matrix_of({{0, 1, 0}, {1, 3, 1}, {1, 1, 1}}, 2, 5, classes)});
  odd.push_back({"one annotator", matrix_of({{0, 0, 0}, {1, 0, 1}, {2, 0, last}}, 3, 1, classes)});
  odd.push_back({"all labels equal", matrix_of({{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, 2, 2, classes)});
  odd.push_back(
      {"perfect disagreement", matrix_of({{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}}, 2, 2, classes)});
  odd.push_back(
      {"annotators who share no task", matrix_of({{0, 0, 0}, {1, 1, last}, {2, 2, 1}}, 3, 3, classes)});
  return odd;
}

/// Every posterior stays a probability and every number finite, whatever the labels.
inline void expect_survives_odd_labels(const Method& method, std::size_t classes = 3) {
  for (const OddLabels& odd : odd_labels(classes)) {
    SCOPED_TRACE(odd.name);
    const truth::Belief belief = believe(method, {odd.labels});
    ASSERT_EQ(belief.posterior.rows, odd.labels.task_count());
    ASSERT_EQ(belief.posterior.columns, classes);
    expect_probabilities(belief.posterior);
    double sum = 0;
    for (const double share : belief.class_prior) sum += share;
    EXPECT_NEAR(sum, 1, 1e-9);
    for (const double skill : belief.skill) EXPECT_TRUE(std::isfinite(skill));
    for (const double cell : belief.confusion) EXPECT_TRUE(std::isfinite(cell));
    EXPECT_TRUE(std::isfinite(belief.objective));
    for (truth::TaskIndex t = 0; t < odd.labels.task_count(); ++t) {
      if (odd.labels.label_count_of_task(t) > 0) continue;
      for (std::size_t k = 0; k < classes; ++k)
        EXPECT_NEAR(belief.posterior.row(t)[k], belief.class_prior[k], 1e-9) << "task " << t;
    }
  }
}

}  // namespace mizan::test
