#include "mizan/engine/integrity/speed.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mizan/engine/integrity/multiple_testing.h"

namespace mizan::integrity {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLeastTimesPerTask = 3;  // with fewer, a task's usual time is that of all tasks

double median_of(std::vector<float>& values) {
  if (values.empty()) return kUnknown;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// The usual time of each task [I].
std::vector<double> usual_seconds(const AnswerLog& log, std::size_t task_count) {
  std::vector<std::uint32_t> offsets(task_count + 1, 0);
  std::vector<float> all;
  for (std::size_t i = 0; i < log.task.size(); ++i)
    if (!std::isnan(log.seconds[i])) {
      ++offsets[log.task[i] + 1];
      all.push_back(log.seconds[i]);
    }
  const double overall = median_of(all);
  for (std::size_t t = 0; t < task_count; ++t) offsets[t + 1] += offsets[t];
  std::vector<std::uint32_t> cursor(offsets.begin(), offsets.end() - 1);
  for (std::size_t i = 0; i < log.task.size(); ++i)
    if (!std::isnan(log.seconds[i])) all[cursor[log.task[i]]++] = log.seconds[i];
  std::vector<double> usual(task_count, overall);
  std::vector<float> own;
  for (std::size_t t = 0; t < task_count; ++t) {
    own.assign(all.begin() + offsets[t], all.begin() + offsets[t + 1]);
    if (own.size() >= kLeastTimesPerTask) usual[t] = median_of(own);
  }
  return usual;
}

struct Speed {
  double timed = 0;
  double fast = 0;
  double right = 0;
  double right_variance = 0;
};

}  // namespace

std::vector<SpeedCheck> speed_checks(const AnswerLog& log, const truth::Table& posterior,
                                     const SpeedOptions& options) {
  if (log.seconds.empty()) return {};
  const std::vector<double> usual = usual_seconds(log, posterior.rows);
  std::vector<Speed> speeds(log.annotator_count());
  double all_right = 0;
  for (std::size_t w = 0; w < log.annotator_count(); ++w)
    for (std::size_t i = log.offsets[w]; i < log.offsets[w + 1]; ++i) {
      const double right = posterior.row(log.task[i])[log.label[i]];
      all_right += right;
      if (std::isnan(log.seconds[i])) continue;
      speeds[w].timed += 1;
      speeds[w].fast += log.seconds[i] < options.fast_share_of_median * usual[log.task[i]];
      speeds[w].right += right;
      speeds[w].right_variance += 0.25;
    }
  const double mean_right = all_right / std::max<double>(1, static_cast<double>(log.task.size()));
  std::vector<SpeedCheck> checks;
  for (std::size_t w = 0; w < speeds.size(); ++w) {
    const Speed& speed = speeds[w];
    if (speed.timed < static_cast<double>(options.least_labels)) continue;
    const double limit = options.least_fast_share;
    const double fast_z = (speed.fast - speed.timed * limit) / std::sqrt(speed.timed * limit * (1 - limit));
    const double wrong_z = (mean_right * speed.timed - speed.right) / std::sqrt(speed.right_variance);
    checks.push_back({static_cast<std::uint32_t>(w), static_cast<std::size_t>(speed.timed),
                      speed.fast / speed.timed,
                      std::max(normal_upper_tail(fast_z), normal_upper_tail(wrong_z))});
  }
  return checks;
}

std::vector<double> median_seconds(const AnswerLog& log) {
  if (log.seconds.empty()) return {};
  std::vector<double> medians(log.annotator_count());
  std::vector<float> own;
  for (std::size_t w = 0; w < medians.size(); ++w) {
    own.clear();
    for (std::size_t i = log.offsets[w]; i < log.offsets[w + 1]; ++i)
      if (!std::isnan(log.seconds[i])) own.push_back(log.seconds[i]);
    medians[w] = median_of(own);
  }
  return medians;
}

}  // namespace mizan::integrity
