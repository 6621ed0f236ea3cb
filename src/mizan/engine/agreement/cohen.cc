#include "mizan/engine/agreement/cohen.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "mizan/engine/agreement/gwet.h"
#include "mizan/engine/agreement/interval.h"

namespace mizan::agreement {
namespace {

struct Sums {
  double total = 0;
  double agreement = 0;             // weighted count of agreements
  std::vector<double> row, column;  // [K] label totals of each annotator
};

double chance_sum(const Sums& sums, const std::vector<double>& weights) {
  const std::size_t classes = sums.row.size();
  double sum = 0;
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t l = 0; l < classes; ++l) sum += weights[k * classes + l] * sums.row[k] * sums.column[l];
  return sum;
}

double kappa_of(double observed, double expected) {
  return 1 - expected < 1e-12 ? std::numeric_limits<double>::quiet_NaN()
                              : (observed - expected) / (1 - expected);
}

double kappa_without(Sums sums, const std::vector<double>& weights, std::size_t k, std::size_t l) {
  sums.total -= 1;
  sums.agreement -= weights[k * sums.row.size() + l];
  sums.row[k] -= 1;
  sums.column[l] -= 1;
  return kappa_of(sums.agreement / sums.total, chance_sum(sums, weights) / (sums.total * sums.total));
}

}  // namespace

Coefficient cohen_kappa(std::span<const std::uint32_t> table, std::size_t class_count,
                        const std::vector<double>& weights) {
  Sums sums{0, 0, std::vector<double>(class_count, 0), std::vector<double>(class_count, 0)};
  for (std::size_t k = 0; k < class_count; ++k)
    for (std::size_t l = 0; l < class_count; ++l) {
      const double count = table[k * class_count + l];
      sums.total += count;
      sums.agreement += weights[k * class_count + l] * count;
      sums.row[k] += count;
      sums.column[l] += count;
    }
  Coefficient result;
  result.task_count = static_cast<std::size_t>(sums.total);
  if (sums.total == 0) {
    result.undefined = Undefined::no_overlap;
    return result;
  }
  result.observed = sums.agreement / sums.total;
  result.expected = chance_sum(sums, weights) / (sums.total * sums.total);
  const double value = kappa_of(result.observed, result.expected);
  if (std::isnan(value)) {
    result.undefined = Undefined::one_class;
    return result;
  }
  result.value = value;
  double squares = 0;
  for (std::size_t k = 0; k < class_count && sums.total > 2; ++k)
    for (std::size_t l = 0; l < class_count; ++l) {
      const double count = table[k * class_count + l];
      if (count == 0) continue;
      const double without = kappa_without(sums, weights, k, l);
      if (!std::isnan(without)) squares += count * (without - value) * (without - value);
    }
  set_interval(result, squares * (sums.total - 1) / sums.total, result.task_count);
  return result;
}

std::vector<std::uint32_t> pair_table(const truth::LabelMatrix& labels, truth::AnnotatorIndex first,
                                      truth::AnnotatorIndex second) {
  const std::size_t classes = labels.class_count();
  std::vector<std::uint32_t> table(classes * classes, 0);
  for (truth::TaskIndex t = 0; t < labels.task_count(); ++t) {
    std::size_t a = classes;
    std::size_t b = classes;
    labels.visit_task(t, [&](truth::AnnotatorIndex annotator, truth::ClassIndex label) {
      if (annotator == first) a = label;
      if (annotator == second) b = label;
    });
    if (a < classes && b < classes) ++table[a * classes + b];
  }
  return table;
}

Coefficient conger_kappa(const truth::LabelMatrix& labels, const std::vector<double>& weights) {
  const std::size_t classes = labels.class_count();
  Coefficient result = percent_agreement(class_counts(labels), weights);
  result.value.reset();
  if (result.undefined != Undefined::no) return result;

  std::vector<double> shares(labels.annotator_count() * classes, 0);
  std::vector<double> sizes(labels.annotator_count(), 0);
  for (truth::TaskIndex t = 0; t < labels.task_count(); ++t)
    labels.visit_task(t, [&](truth::AnnotatorIndex annotator, truth::ClassIndex label) {
      shares[annotator * classes + label] += 1;
      sizes[annotator] += 1;
    });
  double annotators = 0;
  std::vector<double> mean(classes, 0);
  std::vector<double> product(classes * classes, 0);
  for (std::size_t w = 0; w < labels.annotator_count(); ++w) {
    if (sizes[w] == 0) continue;
    annotators += 1;
    double* row = shares.data() + w * classes;
    for (std::size_t k = 0; k < classes; ++k) mean[k] += row[k] /= sizes[w];
    for (std::size_t k = 0; k < classes; ++k)
      for (std::size_t l = 0; l < classes; ++l) product[k * classes + l] += row[k] * row[l];
  }
  for (double& share : mean) share /= annotators;
  double expected = 0;  // agreement by chance of two different annotators, over all ordered pairs of them
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t l = 0; l < classes; ++l) {
      const double covariance =
          (product[k * classes + l] - annotators * mean[k] * mean[l]) / (annotators - 1);
      expected += weights[k * classes + l] * (mean[k] * mean[l] - covariance / annotators);
    }
  result.expected = expected;
  const double value = kappa_of(result.observed, expected);
  if (std::isnan(value)) {
    result.undefined = Undefined::one_class;
    return result;
  }
  result.value = result.low = result.high = value;
  result.standard_error = 0;
  return result;
}

}  // namespace mizan::agreement
