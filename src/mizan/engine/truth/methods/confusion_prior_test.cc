#include "mizan/engine/truth/methods/confusion_prior.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::truth {
namespace {

// Counts of annotators whose rows are drawn from Dirichlet(diagonal, off, off), `labels` labels a row.
Table drawn_counts(std::size_t annotators, std::size_t labels, double diagonal, double off) {
  const std::size_t classes = 3;
  Rng rng(17);
  Table counts(annotators * classes, classes);
  std::vector<double> row(classes);
  for (std::size_t w = 0; w < annotators; ++w)
    for (std::size_t k = 0; k < classes; ++k) {
      std::vector<double> alpha(classes, off);
      alpha[k] = diagonal;
      rng.dirichlet(alpha, row);
      for (std::size_t n = 0; n < labels; ++n) counts.row(w * classes + rng.categorical(row))[k] += 1;
    }
  return counts;
}

std::vector<AnnotatorIndex> first(std::size_t count) {
  std::vector<AnnotatorIndex> members(count);
  std::iota(members.begin(), members.end(), 0U);
  return members;
}

TEST(ConfusionPrior, recovers_the_prior_that_made_the_annotators) {
  const Table counts = drawn_counts(1500, 40, 8, 0.5);
  const auto prior = fit_prior(counts, first(1500), flat_prior(3, 4, 1), 10);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(prior.diagonal[k] / 8, 1, 0.1) << k;
    EXPECT_NEAR(prior.off_diagonal[k] / 0.5, 1, 0.1) << k;
  }
  EXPECT_EQ(prior.annotator_count, 1500U);
}

TEST(ConfusionPrior, no_neighbour_on_a_grid_fits_better) {
  const Table counts = drawn_counts(60, 15, 3, 1.5);
  const auto parent = flat_prior(3, 4, 1);
  const auto members = first(60);
  const auto best = fit_prior(counts, members, parent, 5);
  for (std::size_t k = 0; k < 3; ++k) {
    const double top = prior_fit(counts, members, best, parent, 5, k);
    for (const double right : {0.9, 1.0, 1.1})
      for (const double wrong : {0.9, 1.0, 1.1}) {
        ConfusionPrior near = best;
        near.diagonal[k] *= right;
        near.off_diagonal[k] *= wrong;
        EXPECT_LE(prior_fit(counts, members, near, parent, 5, k), top + 1e-6) << right << " " << wrong;
      }
    EXPECT_GT(top, prior_fit(counts, members, parent, parent, 5, k));
  }
}

TEST(ConfusionPrior, annotators_without_labels_leave_the_parent_as_it_is) {
  const Table counts(9, 3);
  const auto prior = fit_prior(counts, first(3), flat_prior(3, 4, 1), 10);
  EXPECT_EQ(prior.annotator_count, 0U);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(prior.diagonal[k], 4, 1e-9);
    EXPECT_NEAR(prior.off_diagonal[k], 1, 1e-9);
  }
}

TEST(ConfusionPrior, a_stronger_pull_stays_closer_to_the_parent) {
  const Table counts = drawn_counts(30, 40, 16, 0.4);
  const auto parent = flat_prior(3, 4, 1);
  const auto loose = fit_prior(counts, first(30), parent, 1);
  const auto tight = fit_prior(counts, first(30), parent, 100);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_GT(loose.diagonal[k], tight.diagonal[k]);
    EXPECT_GT(tight.diagonal[k], 4);
  }
}

}  // namespace
}  // namespace mizan::truth
