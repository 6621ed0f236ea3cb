#include "mizan/engine/truth/online/task_posterior.h"

#include <cmath>
#include <numeric>

#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/ibcc.h"

namespace mizan::truth {

std::vector<double> task_posterior(std::span<const double> log_class_share,
                                   std::span<const WeighedLabel> labels) {
  std::vector<double> row(log_class_share.begin(), log_class_share.end());
  for (const WeighedLabel& given : labels) {
    const auto logs = given.log_confusion.subspan(given.label * row.size(), row.size());
    for (std::size_t k = 0; k < row.size(); ++k) row[k] += logs[k];
  }
  normalise_logs(row);
  return row;
}

std::vector<double> log_confusion_of(std::span<const double> pseudo_count, std::size_t class_count) {
  std::vector<double> logs(class_count * class_count);
  for (std::size_t k = 0; k < class_count; ++k) {
    const auto row = pseudo_count.subspan(k * class_count, class_count);
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    for (std::size_t label = 0; label < class_count; ++label)
      logs[label * class_count + k] = std::log(row[label] / sum);
  }
  return logs;
}

std::vector<double> log_shares_of(std::span<const double> counts) {
  const double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
  std::vector<double> logs(counts.begin(), counts.end());
  for (double& value : logs) value = std::log(value / sum);
  return logs;
}

std::vector<double> widen_pseudo_count(std::span<const double> pseudo_count, std::size_t from,
                                       std::size_t to) {
  const IbccOptions top;
  std::vector<double> wide(to * to, top.off_diagonal);
  for (std::size_t k = 0; k < to; ++k) wide[k * to + k] = top.diagonal;
  for (std::size_t k = 0; k < from; ++k)
    for (std::size_t label = 0; label < from; ++label) wide[k * to + label] = pseudo_count[k * from + label];
  return wide;
}

std::vector<double> tempered(std::span<const double> posterior, double temperature) {
  std::vector<double> row(posterior.begin(), posterior.end());
  for (double& p : row) p = std::log(p) / temperature;
  normalise_logs(row);
  return row;
}

}  // namespace mizan::truth
