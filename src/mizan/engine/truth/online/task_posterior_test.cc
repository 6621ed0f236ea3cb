#include "mizan/engine/truth/online/task_posterior.h"

#include <cmath>

#include <gtest/gtest.h>

namespace mizan::truth {
namespace {

// Right 8 times in 10 where class 0 is right, 6 times in 10 where class 1 is.
const Skill kSkill = skill_of({8, 2, 4, 6}, 2);

TEST(TaskPosterior, is_bayes_rule) {
  const std::vector<double> classes{3, 1};
  const std::vector<WeighedLabel> labels{{0, &kSkill}, {1, &kSkill}};
  const auto posterior = task_posterior(classes, labels, 2);
  const double zero = 0.75 * 0.8 * 0.2;
  const double one = 0.25 * 0.4 * 0.6;
  EXPECT_NEAR(posterior[0], zero / (zero + one), 1e-14);
  EXPECT_NEAR(posterior[1], one / (zero + one), 1e-14);
}

TEST(TaskPosterior, without_labels_is_the_class_mix) {
  const auto posterior = task_posterior(std::vector<double>{3, 1}, {}, 2);
  EXPECT_NEAR(posterior[0], 0.75, 1e-14);
}

TEST(TaskPosterior, a_class_the_model_does_not_know_is_like_a_new_one) {
  const std::vector<double> classes{3, 1};
  const std::vector<WeighedLabel> labels{{2, &kSkill}};
  const auto posterior = task_posterior(classes, labels, 3);
  const double zero = 3 * 1. / 11;
  const double one = 1 * 1. / 11;
  const double two = 0.01 * 4. / 6;
  EXPECT_NEAR(posterior[0], zero / (zero + one + two), 1e-14);
  EXPECT_NEAR(posterior[2], two / (zero + one + two), 1e-14);
}

TEST(TaskPosterior, accuracy_is_the_mean_over_the_class_mix) {
  EXPECT_NEAR(accuracy_of(kSkill, std::vector<double>{3, 1}), 0.75 * 0.8 + 0.25 * 0.6, 1e-14);
}

}  // namespace
}  // namespace mizan::truth
