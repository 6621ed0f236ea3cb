#include "mizan/engine/truth/methods/beta_prior.h"

#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::truth {
namespace {

struct Drawn {
  std::vector<double> right;
  std::vector<double> all;
};

Drawn draw(double a, double b, std::size_t annotators, int labels) {
  Rng rng(17);
  Drawn drawn;
  for (std::size_t w = 0; w < annotators; ++w) {
    const double q = rng.beta(a, b);
    double right = 0;
    for (int i = 0; i < labels; ++i) right += rng.uniform() < q ? 1 : 0;
    drawn.right.push_back(right);
    drawn.all.push_back(labels);
  }
  return drawn;
}

TEST(BetaPrior, recovers_the_prior_that_made_the_counts) {
  const Drawn drawn = draw(8, 3, 3000, 100);
  const BetaPrior prior = learn_beta_prior({1, 1}, drawn.right, drawn.all, {.steps = 500});
  EXPECT_NEAR(prior.right, 8, .6);
  EXPECT_NEAR(prior.wrong, 3, .25);
}

TEST(BetaPrior, stays_near_the_centre_when_few_speak) {
  const std::vector<double> right{1, 1};
  const std::vector<double> all{1, 1};
  const BetaPrior prior = learn_beta_prior({4, 1}, right, all, {.steps = 100});
  EXPECT_LT(prior.mean(), .95);
  EXPECT_GT(prior.mean(), .75);
}

TEST(BetaPrior, is_the_centre_when_nobody_speaks) {
  const std::vector<double> none{0, 0};
  const BetaPrior prior = learn_beta_prior({9, 9}, none, none, {.centre = {3, 2}});
  EXPECT_EQ(prior.right, 3);
  EXPECT_EQ(prior.wrong, 2);
}

TEST(BetaPrior, perfect_annotators_do_not_make_it_certain) {
  const std::vector<double> all(50, 10.0);
  const BetaPrior prior = learn_beta_prior({4, 1}, all, all, {.steps = 1000});
  EXPECT_GT(prior.wrong, .01);
  EXPECT_LE(prior.right, 1e4);
}

}  // namespace
}  // namespace mizan::truth
