#include "mizan/engine/truth/blend/calibration.h"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/beta.hpp>

namespace mizan::truth {
namespace {

// Right, chosen and true tasks of every class.
struct ClassTally {
  std::vector<std::size_t> right;
  std::vector<std::size_t> chosen;
  std::vector<std::size_t> truth;

  explicit ClassTally(std::size_t classes) : right(classes, 0), chosen(classes, 0), truth(classes, 0) {}

  [[nodiscard]] double macro_f1() const {
    double sum = 0;
    std::size_t seen = 0;
    for (std::size_t k = 0; k < right.size(); ++k) {
      if (chosen[k] + truth[k] == 0) continue;
      ++seen;
      sum += 2 * static_cast<double>(right[k]) / static_cast<double>(chosen[k] + truth[k]);
    }
    return seen > 0 ? sum / static_cast<double>(seen) : 0;
  }
};

struct BinSums {
  std::size_t tasks = 0;
  std::size_t right = 0;
  double confidence = 0;
};

std::vector<CalibrationBin> finish_bins(const std::vector<BinSums>& sums) {
  std::vector<CalibrationBin> bins;
  const auto count = static_cast<double>(sums.size());
  for (std::size_t b = 0; b < sums.size(); ++b) {
    CalibrationBin bin;
    bin.low = static_cast<double>(b) / count;
    bin.high = static_cast<double>(b + 1) / count;
    bin.task_count = sums[b].tasks;
    if (bin.task_count > 0) {
      const auto tasks = static_cast<double>(bin.task_count);
      bin.mean_confidence = sums[b].confidence / tasks;
      bin.accuracy = static_cast<double>(sums[b].right) / tasks;
      const ShareInterval interval = exact_share_interval(sums[b].right, bin.task_count);
      bin.accuracy_low = interval.low;
      bin.accuracy_high = interval.high;
    }
    bins.push_back(bin);
  }
  return bins;
}

}  // namespace

ShareInterval exact_share_interval(std::size_t successes, std::size_t trials, double confidence) {
  const double tail = (1 - confidence) / 2;
  const auto s = static_cast<double>(successes);
  const auto n = static_cast<double>(trials);
  return {successes == 0 ? 0 : boost::math::ibeta_inv(s, n - s + 1, tail),
          successes >= trials ? 1 : boost::math::ibeta_inv(s + 1, n - s, 1 - tail)};
}

Calibration measure_calibration(const Table& posterior, std::span<const std::int32_t> truth,
                                std::size_t bin_count) {
  Calibration result;
  ClassTally tally(posterior.columns);
  std::vector<BinSums> bins(bin_count);
  std::size_t right_count = 0;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    if (truth[t] == kNoGold) continue;
    const auto answer = static_cast<std::size_t>(truth[t]);
    const auto row = posterior.row(t);
    const std::size_t chosen = best_class(row);
    const bool is_right = chosen == answer;
    ++result.task_count;
    right_count += is_right ? 1 : 0;
    tally.right[answer] += is_right ? 1 : 0;
    ++tally.chosen[chosen];
    ++tally.truth[answer];
    result.mean_confidence += row[chosen];
    result.log_loss -= std::log(std::max(row[answer], Calibration::kLeastProbability));
    const auto place = static_cast<std::size_t>(row[chosen] * static_cast<double>(bin_count));
    BinSums& bin = bins[std::min(place, bin_count - 1)];
    ++bin.tasks;
    bin.right += is_right ? 1 : 0;
    bin.confidence += row[chosen];
  }
  result.bins = finish_bins(bins);
  if (result.task_count == 0) return result;
  const auto tasks = static_cast<double>(result.task_count);
  result.accuracy = static_cast<double>(right_count) / tasks;
  const ShareInterval interval = exact_share_interval(right_count, result.task_count);
  result.accuracy_low = interval.low;
  result.accuracy_high = interval.high;
  result.macro_f1 = tally.macro_f1();
  result.mean_confidence /= tasks;
  result.log_loss /= tasks;
  for (const CalibrationBin& bin : result.bins)
    result.ece += static_cast<double>(bin.task_count) * std::abs(bin.mean_confidence - bin.accuracy) / tasks;
  return result;
}

}  // namespace mizan::truth
