#include "mizan/engine/supplier/estimand.h"

#include <gtest/gtest.h>

namespace mizan::supplier {
namespace {

TEST(Estimand, counts_a_suppliers_labels_and_pairs_them_on_shared_tasks) {
  // Task 0: supplier 0 says 0, 1; supplier 1 says 1. Task 1: supplier 0 alone. Task 2: supplier 1 alone.
  const std::vector<truth::LabelRow> rows{{0, 0, 0}, {0, 1, 1}, {0, 2, 1}, {1, 0, 1}, {2, 2, 0}};
  const auto matrix = *truth::LabelMatrix::from_rows(rows, 3, 3, 2);
  ThreadPool pool(1);
  const std::vector<std::uint32_t> supplier{0, 0, 1};
  const SampledLabels labels = sampled_labels(matrix, supplier, 2, pool);
  const auto both = supplier_estimands(labels);
  EXPECT_EQ(both[0].tasks, (std::vector<truth::TaskIndex>{0, 1}));
  EXPECT_EQ(both[0].weights, (std::vector<float>{1, 1, 0, 1}));
  EXPECT_EQ(both[0].size, (std::vector<float>{2, 1}));
  EXPECT_EQ(both[0].total_size, 3);
  const Estimand pair = pair_estimand(both[0], both[1], 2);
  EXPECT_EQ(pair.tasks, (std::vector<truth::TaskIndex>{0}));
  EXPECT_EQ(pair.weights, (std::vector<float>{0.5F, -0.5F}));
  EXPECT_EQ(pair.total_size, 1);
}

}  // namespace
}  // namespace mizan::supplier
