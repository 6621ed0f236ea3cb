#include "mizan/engine/truth/calibration.h"

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

TEST(Calibration, tempering_raises_to_a_power) {
  ThreadPool pool(1);
  const Progress progress;
  Table posterior(2, 2);
  posterior.values = {.8, .2, 1, 0};
  temper(posterior, .5, {pool, progress});
  EXPECT_NEAR(posterior.values[0], .64 / (.64 + .04), 1e-12);
  EXPECT_EQ(posterior.values[2], 1);
  EXPECT_EQ(posterior.values[3], 0);
}

TEST(Calibration, fit_finds_how_overconfident_posteriors_are) {
  ThreadPool pool(1);
  const Progress progress;
  Rng rng(5);
  Table honest(20'000, 2);
  std::vector<std::int32_t> truth;
  for (std::size_t t = 0; t < honest.rows; ++t) {
    const double p = .02 + .96 * rng.uniform();
    honest.row(t)[0] = p;
    honest.row(t)[1] = 1 - p;
    truth.push_back(rng.uniform() < p ? 0 : 1);
  }
  EXPECT_NEAR(fit_temperature(honest, truth, {}), 1, .04);
  Table boastful = honest;
  temper(boastful, .5, {pool, progress});
  EXPECT_NEAR(fit_temperature(boastful, truth, {}), 2, .08);
}

TEST(Calibration, without_answers_the_temperature_is_the_centre) {
  const Table posterior(3, 2, .5);
  const std::vector<std::int32_t> truth(3, kNoGold);
  EXPECT_NEAR(fit_temperature(posterior, truth, {.centre = 1.3}), 1.3, 1e-6);
}

}  // namespace
}  // namespace mizan::truth
