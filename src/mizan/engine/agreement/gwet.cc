#include "mizan/engine/agreement/gwet.h"

#include <cmath>
#include <functional>
#include <numeric>

#include "mizan/engine/agreement/interval.h"

namespace mizan::agreement {
namespace {

// What each task says: its observed agreement, and its share of every class.
struct PerTask {
  std::vector<double> agreement;    // [tasks with a label]; meaningless where pairs = 0
  std::vector<char> has_pairs;      // [tasks with a label]
  std::vector<double> shares;       // [tasks with a label, K]
  std::vector<double> class_share;  // [K] mean of the shares
  std::size_t task_count = 0;       // tasks with a label
  std::size_t pair_task_count = 0;  // tasks with two labels
  double observed = 0;              // mean agreement of those
};

double task_agreement(const std::uint32_t* row, std::size_t classes, const std::vector<double>& weights,
                      double total) {
  double sum = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    if (row[k] == 0) continue;
    double weighted = 0;
    for (std::size_t l = 0; l < classes; ++l) weighted += weights[k * classes + l] * row[l];
    sum += row[k] * (weighted - 1);
  }
  return sum / (total * (total - 1));
}

PerTask look_at_tasks(const ClassCounts& counts, const std::vector<double>& weights) {
  const std::size_t classes = counts.class_count;
  PerTask tasks;
  tasks.class_share.assign(classes, 0);
  for (std::size_t t = 0; t < counts.task_count(); ++t) {
    const std::uint32_t* row = counts.counts.data() + t * classes;
    const double total = std::accumulate(row, row + classes, 0.0);
    if (total == 0) continue;
    ++tasks.task_count;
    for (std::size_t k = 0; k < classes; ++k) {
      tasks.shares.push_back(row[k] / total);
      tasks.class_share[k] += row[k] / total;
    }
    const bool has_pairs = total >= 2;
    tasks.has_pairs.push_back(has_pairs);
    tasks.agreement.push_back(has_pairs ? task_agreement(row, classes, weights, total) : 0);
    tasks.pair_task_count += has_pairs;
    tasks.observed += tasks.agreement.back();
  }
  for (double& share : tasks.class_share) share /= static_cast<double>(tasks.task_count);
  if (tasks.pair_task_count > 0) tasks.observed /= static_cast<double>(tasks.pair_task_count);
  return tasks;
}

// Chance agreement, and what one task's class shares add to it (its linearised part; constant chance adds
// nothing).
struct Chance {
  double expected;
  std::function<double(const double* task_shares)> of_task;
};

Coefficient coefficient(const PerTask& tasks, const Chance& chance, std::size_t classes) {
  Coefficient result;
  result.task_count = tasks.pair_task_count;
  if (tasks.pair_task_count == 0) {
    result.undefined = Undefined::no_overlap;
    return result;
  }
  result.observed = tasks.observed;
  result.expected = chance.expected;
  if (1 - chance.expected < 1e-12) {
    result.undefined = Undefined::one_class;
    return result;
  }
  const double value = (tasks.observed - chance.expected) / (1 - chance.expected);
  result.value = value;
  const auto n = static_cast<double>(tasks.task_count);
  const double scale = n / static_cast<double>(tasks.pair_task_count);
  double squares = 0;
  for (std::size_t t = 0; t < tasks.task_count; ++t) {
    const double own =
        tasks.has_pairs[t] ? scale * (tasks.agreement[t] - chance.expected) / (1 - chance.expected) : 0;
    const double drift = chance.of_task(tasks.shares.data() + t * classes) - chance.expected;
    const double linearised = own - 2 * (1 - value) * drift / (1 - chance.expected);
    squares += (linearised - value) * (linearised - value);
  }
  set_interval(result, n > 1 ? squares / (n * (n - 1)) : 0, tasks.task_count);
  return result;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

Chance constant_chance(double expected) {
  return {expected, [expected](const double*) { return expected; }};
}

}  // namespace

Coefficient percent_agreement(const ClassCounts& counts, const std::vector<double>& weights) {
  return coefficient(look_at_tasks(counts, weights), constant_chance(0), counts.class_count);
}

Coefficient brennan_prediger(const ClassCounts& counts, const std::vector<double>& weights) {
  const auto classes = static_cast<double>(counts.class_count);
  return coefficient(look_at_tasks(counts, weights), constant_chance(sum_of(weights) / (classes * classes)),
                     counts.class_count);
}

Coefficient fleiss_kappa(const ClassCounts& counts, const std::vector<double>& weights) {
  const std::size_t classes = counts.class_count;
  const PerTask tasks = look_at_tasks(counts, weights);
  std::vector<double> pull(classes,
                           0);  // chance agreement of a label of class k with a pooled label, both ways
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t l = 0; l < classes; ++l)
      pull[k] += (weights[k * classes + l] + weights[l * classes + k]) / 2 * tasks.class_share[l];
  const auto of_shares = [pull, classes](const double* shares) {
    return std::inner_product(shares, shares + classes, pull.begin(), 0.0);
  };
  return coefficient(tasks, {of_shares(tasks.class_share.data()), of_shares}, classes);
}

Coefficient gwet_ac(const ClassCounts& counts, const std::vector<double>& weights) {
  const std::size_t classes = counts.class_count;
  const PerTask tasks = look_at_tasks(counts, weights);
  const double scale = sum_of(weights) / static_cast<double>(classes * (classes - 1));
  const auto of_shares = [scale, classes, pooled = tasks.class_share](const double* shares) {
    double sum = 0;
    for (std::size_t k = 0; k < classes; ++k) sum += shares[k] * (1 - pooled[k]);
    return scale * sum;
  };
  return coefficient(tasks, {of_shares(tasks.class_share.data()), of_shares}, classes);
}

}  // namespace mizan::agreement
