#include "mizan/engine/truth/online/live_calibration.h"

#include <vector>

#include "mizan/engine/truth/blend/calibration.h"

namespace mizan::truth {
namespace {

// How many gold tasks the default is worth.
constexpr double kDefaultWeight = 20;

}  // namespace

LiveCalibration calibrate(const OnlineModel& model) {
  std::vector<TaskIndex> tasks;
  std::vector<ClassIndex> answers;
  for (std::size_t t = 0; t < model.task_count(); ++t) {
    const auto task = static_cast<TaskIndex>(t);
    if (model.gold_of(task) == kNoGold || model.label_count_of_task(task) == 0) continue;
    tasks.push_back(task);
    answers.push_back(static_cast<ClassIndex>(model.gold_of(task)));
  }
  LiveCalibration calibration{kLiveTemperature, tasks.size()};
  if (tasks.empty()) return calibration;
  Table beliefs(tasks.size(), model.class_count());
  for (std::size_t g = 0; g < tasks.size(); ++g) {
    const std::vector<double> row = model.held_out_posterior(tasks[g]);
    for (std::size_t k = 0; k < row.size(); ++k) beliefs.row(g)[k] = row[k];
  }
  calibration.temperature =
      fit_scaling(beliefs, answers, {.temperature = kLiveTemperature, .temperature_weight = kDefaultWeight})
          .temperature;
  return calibration;
}

}  // namespace mizan::truth
