#include "mizan/engine/agreement/krippendorff.h"

#include <cmath>
#include <numeric>

#include "mizan/engine/agreement/interval.h"

namespace mizan::agreement {
namespace {

bool numbers_fit(Scale scale, const std::vector<double>& numbers, std::size_t classes) {
  if (scale == Scale::nominal || scale == Scale::ordinal) return true;
  if (numbers.size() != classes) return false;
  for (const double number : numbers)
    if (!std::isfinite(number) || (scale == Scale::ratio && number < 0)) return false;
  return true;
}

// The metric difference between classes. Ordinal depends on how often each class was used: the label totals.
std::vector<double> distances(Scale scale, const std::vector<double>& numbers,
                              const std::vector<double>& totals) {
  const std::size_t classes = totals.size();
  std::vector<double> table(classes * classes, 0);
  for (std::size_t c = 0; c < classes; ++c)
    for (std::size_t k = c + 1; k < classes; ++k) {
      double distance = 1;
      if (scale == Scale::ordinal) {
        distance = std::accumulate(totals.begin() + static_cast<std::ptrdiff_t>(c),
                                   totals.begin() + static_cast<std::ptrdiff_t>(k) + 1, 0.0) -
                   (totals[c] + totals[k]) / 2;
      } else if (scale == Scale::interval) {
        distance = numbers[c] - numbers[k];
      } else if (scale == Scale::ratio) {
        const double sum = numbers[c] + numbers[k];
        distance = sum == 0 ? 0 : (numbers[c] - numbers[k]) / sum;
      }
      table[c * classes + k] = table[k * classes + c] = distance * distance;
    }
  return table;
}

// Sum over pairs of distances: row' D row.
template <class Number>
double disagreement(const Number* row, const std::vector<double>& distance, std::size_t classes) {
  double sum = 0;
  for (std::size_t c = 0; c < classes; ++c) {
    if (row[c] == 0) continue;
    double inner = 0;
    for (std::size_t k = 0; k < classes; ++k)
      inner += distance[c * classes + k] * static_cast<double>(row[k]);
    sum += static_cast<double>(row[c]) * inner;
  }
  return sum;
}

double alpha_of(double observed_sum, double expected_sum, double total) {
  return 1 - (total - 1) * observed_sum / expected_sum;
}

// The delete-one-task jackknife, with the distances held at their values of the whole data.
double jackknife_variance(const ClassCounts& counts, const std::vector<double>& distance,
                          const std::vector<double>& totals, double observed_sum) {
  const std::size_t classes = counts.class_count;
  const double total = std::accumulate(totals.begin(), totals.end(), 0.0);
  std::vector<double> without(classes);
  std::vector<double> values;
  for (std::size_t t = 0; t < counts.task_count(); ++t) {
    const std::uint32_t* row = counts.counts.data() + t * classes;
    const double size = std::accumulate(row, row + classes, 0.0);
    if (size < 2) continue;
    for (std::size_t k = 0; k < classes; ++k) without[k] = totals[k] - row[k];
    const double expected = disagreement(without.data(), distance, classes);
    const double observed = observed_sum - disagreement(row, distance, classes) / (size - 1);
    if (expected > 0) values.push_back(alpha_of(observed, expected, total - size));
  }
  const auto n = static_cast<double>(values.size());
  if (n < 2) return 0;
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares * (n - 1) / n;
}

}  // namespace

Coefficient krippendorff_alpha(const ClassCounts& counts, Scale scale, const std::vector<double>& numbers) {
  const std::size_t classes = counts.class_count;
  Coefficient result;
  std::vector<double> totals(classes, 0);
  for (std::size_t t = 0; t < counts.task_count(); ++t) {
    const std::uint32_t* row = counts.counts.data() + t * classes;
    if (std::accumulate(row, row + classes, std::uint64_t{0}) < 2) continue;
    ++result.task_count;
    for (std::size_t k = 0; k < classes; ++k) totals[k] += row[k];
  }
  if (result.task_count == 0) {
    result.undefined = Undefined::no_overlap;
    return result;
  }
  if (!numbers_fit(scale, numbers, classes)) {
    result.undefined = Undefined::class_without_number;
    return result;
  }
  const std::vector<double> distance = distances(scale, numbers, totals);
  const double total = std::accumulate(totals.begin(), totals.end(), 0.0);
  const double expected_sum = disagreement(totals.data(), distance, classes);
  if (expected_sum <= 0) {
    result.undefined = Undefined::one_class;
    return result;
  }
  double observed_sum = 0;
  for (std::size_t t = 0; t < counts.task_count(); ++t) {
    const std::uint32_t* row = counts.counts.data() + t * classes;
    const double size = std::accumulate(row, row + classes, 0.0);
    if (size >= 2) observed_sum += disagreement(row, distance, classes) / (size - 1);
  }
  result.value = alpha_of(observed_sum, expected_sum, total);
  result.observed = 1 - observed_sum / total;
  result.expected = 1 - expected_sum / (total * (total - 1));
  set_interval(result, jackknife_variance(counts, distance, totals, observed_sum), result.task_count);
  return result;
}

}  // namespace mizan::agreement
