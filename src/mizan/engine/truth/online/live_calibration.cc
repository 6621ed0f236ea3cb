#include "mizan/engine/truth/online/live_calibration.h"

#include <algorithm>
#include <cmath>

#include "mizan/engine/truth/blend/calibration.h"
#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

constexpr double kDefaultWeight = 20;  // gold tasks that the default is worth
constexpr double kMostCorrelation = 2;
constexpr double kSoftening = 0.05;  // keeps the distance from the default finite at 0
constexpr int kGridSteps = 200;

struct Judged {
  std::vector<double> belief;
  std::size_t label_count;
  std::size_t answer;
};

std::vector<Judged> judge_gold(const OnlineModel& model) {
  std::vector<Judged> judged;
  for (std::size_t t = 0; t < model.task_count(); ++t) {
    const auto task = static_cast<TaskIndex>(t);
    const std::size_t labels = model.label_count_of_task(task);
    if (model.gold_of(task) == kNoGold || labels == 0) continue;
    judged.push_back({model.held_out_posterior(task), labels, static_cast<std::size_t>(model.gold_of(task))});
  }
  return judged;
}

double likelihood(const std::vector<Judged>& judged, double correlation) {
  double sum = 0;
  for (const Judged& task : judged)
    sum += std::log(std::max(calibrated_posterior(task.belief, task.label_count, correlation)[task.answer],
                             Calibration::kLeastProbability));
  const double away = std::log((correlation + kSoftening) / (kLiveCorrelation + kSoftening));
  return sum - kDefaultWeight / 2 * away * away;
}

}  // namespace

std::vector<double> calibrated_posterior(std::span<const double> posterior, std::size_t label_count,
                                         double correlation) {
  std::vector<double> row(posterior.begin(), posterior.end());
  if (label_count <= 1) return row;
  const double power = 1 / (1 + static_cast<double>(label_count - 1) * correlation);
  for (double& p : row) p = std::log(p) * power;
  normalise_logs(row);
  return row;
}

LiveCalibration fit_live_calibration(const OnlineModel& model) {
  const std::vector<Judged> judged = judge_gold(model);
  LiveCalibration calibration{kLiveCorrelation, judged.size()};
  if (judged.empty()) return calibration;
  double best = likelihood(judged, kLiveCorrelation);
  for (int step = 0; step <= kGridSteps; ++step) {
    const double correlation = kMostCorrelation * step / kGridSteps;
    const double height = likelihood(judged, correlation);
    if (height <= best) continue;
    best = height;
    calibration.correlation = correlation;
  }
  return calibration;
}

}  // namespace mizan::truth
