#include "mizan/engine/truth/online/live_calibration.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/engine/truth/blend/calibration.h"
#include "mizan/engine/truth/online/task_posterior.h"
#include "support/label_cases.h"
#include "support/shared_set.h"

namespace mizan::truth {
namespace {

const Progress kProgress;

TEST(CalibratedPosterior, softens_more_with_more_labels_and_keeps_the_order) {
  const std::vector<double> posterior{0.9, 0.1, 0.0};
  EXPECT_EQ(calibrated_posterior(posterior, 1, 0.5), posterior);
  const auto three = calibrated_posterior(posterior, 3, 0.5);  // to the power 1/2
  EXPECT_NEAR(three[0], 0.75, 1e-12);
  EXPECT_EQ(three[2], 0.0);
  EXPECT_LT(calibrated_posterior(posterior, 5, 0.5)[0], three[0]);
  EXPECT_GT(calibrated_posterior(posterior, 50, 0.5)[0], 0.5);
  EXPECT_EQ(calibrated_posterior(std::vector<double>{0, 1}, 9, 1)[1], 1.0);
}

OnlineModel crowd_with_gold(std::size_t gold_count, double copied_share) {
  // Labels of a task are copies of its first one with some chance: errors that come together.
  const auto made = test::simulate({.tasks = 1500, .annotators = 30, .labels_per_task = 5, .seed = 12});
  Rng rng(8);
  OnlineModel model(3);
  for (int w = 0; w < 30; ++w) model.add_annotator();
  for (int t = 0; t < 1500; ++t) model.add_task();
  for (std::size_t i = 0; i < made.rows.size(); ++i) {
    LabelRow row = made.rows[i];
    if (i % 5 > 0 && rng.uniform() < copied_share) row.label = made.rows[i - i % 5].label;
    EXPECT_TRUE(model.add_label(row));
  }
  for (std::size_t t = 0; t < gold_count; ++t)
    EXPECT_TRUE(model.set_gold(static_cast<TaskIndex>(t), made.truth[t]));
  return model;
}

TEST(LiveCalibration, gold_tells_errors_that_come_together_from_errors_that_do_not) {
  EXPECT_EQ(fit_live_calibration(crowd_with_gold(0, 0.5)).correlation, kLiveCorrelation);
  const auto apart = fit_live_calibration(crowd_with_gold(500, 0));
  const auto together = fit_live_calibration(crowd_with_gold(500, 0.6));
  EXPECT_EQ(apart.gold_count, 500U);
  EXPECT_LT(apart.correlation, 0.15);
  EXPECT_GT(together.correlation, 0.4);
}

TEST(LiveCalibration, a_little_gold_moves_the_default_a_little) {
  const double few = fit_live_calibration(crowd_with_gold(8, 0)).correlation;
  const double many = fit_live_calibration(crowd_with_gold(400, 0)).correlation;
  EXPECT_LT(many, few);
  EXPECT_LT(std::abs(few - kLiveCorrelation), 0.25);
}

// What a submit would have said of every task: skills are published every fiftieth of the stream, and each
// task keeps the belief of its last label.
struct Stream {
  Table live;        // raw, as at the last label of each task
  Table calibrated;  // the same, softened
  Table batch;       // settled at the end
  std::vector<std::int32_t> truth;
};

struct Published {
  std::vector<double> class_counts;
  std::vector<Skill> skills;
};

Published publish(OnlineModel& model, Run run) {
  EXPECT_TRUE(model.sweep_until_settled({}, run));
  const OnlineSkills all = model.skills();
  const std::size_t cells = all.class_count * all.class_count;
  Published published{all.class_pseudo_count, {}};
  for (std::size_t begin = 0; begin < all.pseudo_count.size(); begin += cells) {
    const auto row = std::span(all.pseudo_count).subspan(begin, cells);
    published.skills.push_back(skill_of({row.begin(), row.end()}, all.class_count));
  }
  return published;
}

Stream replay(std::vector<LabelRow> rows, std::size_t annotators, std::size_t classes,
              std::vector<std::int32_t> truth) {
  ThreadPool pool(2);
  const Run run{pool, kProgress};
  Rng(7).shuffle(rows);
  OnlineModel model(classes);
  for (std::size_t w = 0; w < annotators; ++w) model.add_annotator();
  for (std::size_t t = 0; t < truth.size(); ++t) model.add_task();
  Stream stream{Table(truth.size(), classes), Table(truth.size(), classes), Table(truth.size(), classes),
                std::move(truth)};
  Published published = publish(model, run);
  const std::size_t every = rows.size() / 50 + 1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_TRUE(model.add_label(rows[i]));
    std::vector<WeighedLabel> labels;
    model.visit_task(rows[i].task, [&](AnnotatorIndex w, ClassIndex label) {
      labels.push_back({label, &published.skills[w]});
    });
    const auto raw = task_posterior(published.class_counts, labels, classes);
    const auto soft = calibrated_posterior(raw, labels.size(), kLiveCorrelation);
    std::copy(raw.begin(), raw.end(), stream.live.row(rows[i].task).begin());
    std::copy(soft.begin(), soft.end(), stream.calibrated.row(rows[i].task).begin());
    if (i % every == every - 1) published = publish(model, run);
  }
  publish(model, run);
  for (TaskIndex t = 0; t < model.task_count(); ++t) {
    const auto row = model.posterior(t);
    std::copy(row.begin(), row.end(), stream.batch.row(t).begin());
    if (model.label_count_of_task(t) == 0) stream.truth[t] = kNoGold;
  }
  return stream;
}

double mean_distance(const Table& a, const Table& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) sum += std::abs(a.values[i] - b.values[i]) / 2;
  return sum / static_cast<double>(a.rows);
}

void print_row(const std::string& name, const Stream& stream) {
  const auto raw = measure_calibration(stream.live, stream.truth);
  const auto soft = measure_calibration(stream.calibrated, stream.truth);
  const auto batch = measure_calibration(stream.batch, stream.truth);
  std::printf("| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |\n", name.c_str(), batch.accuracy,
              raw.accuracy, mean_distance(stream.live, stream.batch), raw.log_loss, soft.log_loss, raw.ece,
              soft.ece);
}

TEST(LiveStream, beliefs_at_submit_are_close_to_the_batch_and_honest_on_simulated_streams) {
  for (const std::size_t labels_per_task : {3U, 5U}) {
    const test::SimulatedCrowd crowd{
        .tasks = 2000, .annotators = 40, .labels_per_task = labels_per_task, .seed = 21};
    auto made = test::simulate(crowd);
    const Stream stream = replay(made.rows, crowd.annotators, crowd.classes, made.truth);
    print_row("simulated, independent errors, " + std::to_string(labels_per_task) + " labels", stream);
    const auto raw = measure_calibration(stream.live, stream.truth);
    const auto batch = measure_calibration(stream.batch, stream.truth);
    EXPECT_GT(raw.accuracy, batch.accuracy - 0.02);
    EXPECT_LT(mean_distance(stream.live, stream.batch), 0.06);
    EXPECT_LT(raw.ece, 0.04);  // where errors are independent the model needs no softening
  }
}

class LiveStreamOnRealSets : public testing::TestWithParam<std::string> {};

TEST_P(LiveStreamOnRealSets, softened_beliefs_are_more_honest_than_raw_ones) {
  MIZAN_NEEDS_SET(set, GetParam());
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < set.labels.task_count(); ++t)
    set.labels.visit_task(t, [&](AnnotatorIndex w, ClassIndex label) { rows.push_back({t, w, label}); });
  const Stream stream =
      replay(std::move(rows), set.labels.annotator_count(), set.labels.class_count(), set.truth);
  print_row(set.name, stream);
  const auto raw = measure_calibration(stream.live, stream.truth);
  const auto soft = measure_calibration(stream.calibrated, stream.truth);
  const auto batch = measure_calibration(stream.batch, stream.truth);
  EXPECT_GT(raw.accuracy, batch.accuracy - 0.03);
  EXPECT_LT(soft.log_loss, raw.log_loss + 0.06);
}

INSTANTIATE_TEST_SUITE_P(Sets, LiveStreamOnRealSets,
                         testing::Values("bluebird", "dog", "product", "rte", "sentpol", "tweet",
                                         "weather_pools", "web"),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace mizan::truth
