#include "mizan/engine/truth/online/task_posterior.h"

#include <cmath>
#include <numeric>

#include "mizan/base/assert.h"
#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// The top level of the model, for classes that it does not know yet; as IbccOptions.
constexpr double kRight = 4;
constexpr double kWrong = 1;
constexpr double kLeastClassCount = 0.01;

// P(label | k is right) where the model knew `known` classes and `all` are asked.
double share_of(const Skill& skill, std::size_t known, std::size_t all, std::size_t k, ClassIndex label) {
  const auto beyond = static_cast<double>(all - known);
  if (k >= known) return (label == k ? kRight : kWrong) / (kRight + kWrong * static_cast<double>(all - 1));
  const double count = label < known ? skill.pseudo_count[k * known + label] : kWrong;
  return count / (skill.row_sum[k] + kWrong * beyond);
}

}  // namespace

Skill skill_of(std::vector<double> pseudo_count, std::size_t class_count) {
  MIZAN_ASSERT(pseudo_count.size() == class_count * class_count);
  Skill skill{std::move(pseudo_count), std::vector<double>(class_count, 0.0)};
  for (std::size_t k = 0; k < class_count; ++k)
    for (std::size_t label = 0; label < class_count; ++label)
      skill.row_sum[k] += skill.pseudo_count[k * class_count + label];
  return skill;
}

double accuracy_of(const Skill& skill, std::span<const double> class_pseudo_count) {
  const std::size_t classes = class_pseudo_count.size();
  const double sum = std::accumulate(class_pseudo_count.begin(), class_pseudo_count.end(), 0.0);
  double accuracy = 0;
  for (std::size_t k = 0; k < classes; ++k)
    accuracy += class_pseudo_count[k] / sum * skill.pseudo_count[k * classes + k] / skill.row_sum[k];
  return accuracy;
}

std::vector<double> task_posterior(std::span<const double> class_pseudo_count,
                                   std::span<const WeighedLabel> labels, std::size_t class_count) {
  const std::size_t known = class_pseudo_count.size();
  MIZAN_ASSERT(class_count >= known);
  std::vector<double> row(class_pseudo_count.begin(), class_pseudo_count.end());
  row.resize(class_count, kLeastClassCount);
  row = log_shares_of(row);
  for (const WeighedLabel& given : labels)
    for (std::size_t k = 0; k < class_count; ++k)
      row[k] += std::log(share_of(*given.skill, known, class_count, k, given.label));
  normalise_logs(row);
  return row;
}

std::vector<double> log_shares_of(std::span<const double> counts) {
  const double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
  std::vector<double> logs(counts.begin(), counts.end());
  for (double& value : logs) value = std::log(value / sum);
  return logs;
}

}  // namespace mizan::truth
