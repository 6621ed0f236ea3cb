#include "mizan/engine/truth/blend/calibration.h"

#include <cmath>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::truth {
namespace {

TEST(Calibration, of_four_tasks_by_hand) {
  Table posterior(5, 2);
  posterior.values = {.95, .05, .95, .05, .4, .6, .65, .35, .5, .5};
  const std::vector<std::int32_t> truth{0, 1, 1, 0, kNoGold};
  const Calibration c = measure_calibration(posterior, truth);
  EXPECT_EQ(c.task_count, 4U);
  EXPECT_NEAR(c.accuracy, .75, 1e-12);
  EXPECT_NEAR(c.mean_confidence, (.95 + .95 + .6 + .65) / 4, 1e-12);
  EXPECT_NEAR(c.log_loss, -(std::log(.95) + std::log(.05) + std::log(.6) + std::log(.65)) / 4, 1e-12);
  EXPECT_NEAR(c.ece, (2 * .45 + 2 * .375) / 4, 1e-12);
  EXPECT_EQ(c.bins[9].task_count, 2U);
  EXPECT_EQ(c.bins[6].task_count, 2U);
  EXPECT_NEAR(c.bins[9].accuracy, .5, 1e-12);
  EXPECT_NEAR(c.macro_f1, (2. * 2 / 5 + 2. * 1 / 3) / 2, 1e-12);
}

TEST(Calibration, log_loss_of_a_certain_mistake_is_bounded) {
  Table posterior(1, 2);
  posterior.values = {1, 0};
  const std::vector<std::int32_t> truth{1};
  EXPECT_NEAR(measure_calibration(posterior, truth).log_loss, -std::log(1e-3), 1e-12);
}

// Textbook values: 0 of 10, 5 of 10, 10 of 10 and 81 of 263 at 95 %.
TEST(Calibration, exact_interval_of_a_share) {
  EXPECT_NEAR(exact_share_interval(0, 10).high, .30850, 5e-6);
  EXPECT_NEAR(exact_share_interval(5, 10).low, .18709, 5e-6);
  EXPECT_NEAR(exact_share_interval(5, 10).high, .81291, 5e-6);
  EXPECT_NEAR(exact_share_interval(10, 10).low, .69150, 5e-6);
  EXPECT_NEAR(exact_share_interval(81, 263).low, .25269, 5e-5);
  EXPECT_NEAR(exact_share_interval(81, 263).high, .36762, 5e-5);
}

struct Rows {
  Table posterior;
  std::vector<ClassIndex> answer;
};

// Rows that are honest: the answer is drawn from the row.
Rows honest_rows(std::size_t count, std::size_t classes) {
  Rng rng(5);
  Rows rows{Table(count, classes), {}};
  const std::vector<double> alpha(classes, 1.0);
  for (std::size_t t = 0; t < count; ++t) {
    rng.dirichlet(alpha, rows.posterior.row(t));
    rows.answer.push_back(static_cast<ClassIndex>(rng.categorical(rows.posterior.row(t))));
  }
  return rows;
}

TEST(Scaling, raises_to_a_power_and_moves_classes) {
  ThreadPool pool(1);
  const Progress progress;
  Table posterior(2, 2);
  posterior.values = {.8, .2, 1, 0};
  scale(posterior, {.5, {}}, {pool, progress});
  EXPECT_NEAR(posterior.values[0], .64 / (.64 + .04), 1e-12);
  EXPECT_EQ(posterior.values[2], 1);
  EXPECT_EQ(posterior.values[3], 0);
  scale(posterior, {1, {0, std::log(2.0)}}, {pool, progress});
  EXPECT_NEAR(posterior.values[0], .64 / (.64 + .08), 1e-12);
  EXPECT_EQ(posterior.values[2], 1);
}

TEST(Scaling, fit_finds_how_overconfident_posteriors_are) {
  ThreadPool pool(1);
  const Progress progress;
  Rows rows = honest_rows(20'000, 3);
  EXPECT_NEAR(fit_scaling(rows.posterior, rows.answer, {}).temperature, 1, .05);
  scale(rows.posterior, {.5, {}}, {pool, progress});
  EXPECT_NEAR(fit_scaling(rows.posterior, rows.answer, {}).temperature, 2, .12);
}

TEST(Scaling, fit_finds_classes_that_are_believed_too_little) {
  ThreadPool pool(1);
  const Progress progress;
  Rows rows = honest_rows(20'000, 3);
  scale(rows.posterior, {1.5, {.7, 0, -.4}}, {pool, progress});
  const Scaling fit = fit_scaling(rows.posterior, rows.answer, {.moves_classes = true, .class_weight = .01});
  EXPECT_NEAR(fit.temperature, 1 / 1.5, .05);
  // Undoing p^(1/1.5) e^o takes the power 1.5 and the offsets -1.5 o, up to a constant.
  EXPECT_NEAR(fit.class_offset[0] - fit.class_offset[1], -1.5 * .7, .1);
  EXPECT_NEAR(fit.class_offset[2] - fit.class_offset[1], 1.5 * .4, .1);
}

TEST(Scaling, without_answers_says_the_default) {
  const Table none(0, 2);
  EXPECT_NEAR(fit_scaling(none, {}, {.temperature = 1.3}).temperature, 1.3, 1e-9);
  const Scaling fit = fit_scaling(none, {}, {.temperature = 1.3, .moves_classes = true});
  EXPECT_EQ(fit.class_offset, (std::vector<double>{0, 0}));
}

TEST(Scaling, a_few_answers_move_it_a_little) {
  Table posterior(3, 2);
  posterior.values = {.9, .1, .9, .1, .9, .1};
  const std::vector<ClassIndex> answer{1, 1, 1};
  const Scaling fit = fit_scaling(posterior, answer, {.moves_classes = true});
  EXPECT_GT(fit.temperature, 1);
  EXPECT_LT(fit.temperature, 2.5);
  EXPECT_GT(fit.class_offset[1], 0);
  EXPECT_LT(fit.class_offset[1], .5);
}

}  // namespace
}  // namespace mizan::truth
