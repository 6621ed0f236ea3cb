#include "mizan/engine/truth/confusion.h"

#include <vector>

#include <gtest/gtest.h>

namespace mizan::truth {
namespace {

TEST(Confusion, counts_are_posterior_shares_per_label) {
  const std::vector<LabelRow> rows{{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
  const auto labels = LabelMatrix::from_rows(rows, 2, 2, 2);
  ThreadPool pool(2);
  const Progress progress;
  Table posterior(2, 2);
  posterior.values = {.25, .75, 1, 0};
  const auto counts = confusion_counts(*labels, posterior, {pool, progress});
  EXPECT_EQ(counts, (std::vector<double>{1, .25, 0, .75, .25, 0, .75, 0}));
}

TEST(Confusion, smoothing_gives_rows_that_sum_to_one_and_pulls_the_unknown_to_the_pool) {
  const std::vector<double> counts{8, 2, 0, 0, 0, 0, 0, 0};  // the second annotator has no labels
  const auto rows = smoothed_confusion(counts, 2, 10);
  for (std::size_t i = 0; i < rows.size(); i += 2) EXPECT_NEAR(rows[i] + rows[i + 1], 1, 1e-12);
  EXPECT_NEAR(rows[4], (8 + 4) / 15.0, 1e-12);
  EXPECT_NEAR(rows[2], .2, 1e-12);
}

}  // namespace
}  // namespace mizan::truth
