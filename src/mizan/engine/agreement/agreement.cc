#include "mizan/engine/agreement/agreement.h"

#include <algorithm>
#include <cmath>

namespace mizan::agreement {

std::string_view undefined_name(Undefined reason) {
  switch (reason) {
    case Undefined::no:
      return "";
    case Undefined::no_overlap:
      return "no_overlap";
    case Undefined::one_class:
      return "one_class";
    case Undefined::class_without_number:
      return "class_without_number";
  }
  return "";
}

std::vector<double> weight_table(Weights weights, std::size_t class_count,
                                 const std::vector<double>& numbers) {
  std::vector<double> position = numbers;
  if (position.empty())
    for (std::size_t k = 0; k < class_count; ++k) position.push_back(static_cast<double>(k));
  const auto [least, most] = std::minmax_element(position.begin(), position.end());
  const double range = *most - *least;
  const auto pairs = [](double m) { return m * (m - 1) / 2; };
  std::vector<double> table(class_count * class_count);
  for (std::size_t k = 0; k < class_count; ++k)
    for (std::size_t l = 0; l < class_count; ++l) {
      const double distance = range > 0 ? std::abs(position[k] - position[l]) / range : 0;
      const double ranks = std::abs(static_cast<double>(k) - static_cast<double>(l));
      double& weight = table[k * class_count + l];
      switch (weights) {
        case Weights::identity:
          weight = k == l ? 1 : 0;
          break;
        case Weights::linear:
          weight = 1 - distance;
          break;
        case Weights::quadratic:
          weight = 1 - distance * distance;
          break;
        case Weights::ordinal:
          weight = 1 - pairs(ranks + 1) / pairs(static_cast<double>(class_count));
          break;
      }
    }
  return table;
}

ClassCounts class_counts(const truth::LabelMatrix& labels, const std::vector<char>& use_annotator) {
  ClassCounts result;
  result.class_count = labels.class_count();
  result.counts.assign(labels.task_count() * labels.class_count(), 0);
  for (truth::TaskIndex t = 0; t < labels.task_count(); ++t) {
    std::uint32_t* row = result.counts.data() + t * labels.class_count();
    labels.visit_task(t, [&](truth::AnnotatorIndex annotator, truth::ClassIndex label) {
      if (use_annotator.empty() || use_annotator[annotator]) ++row[label];
    });
  }
  return result;
}

}  // namespace mizan::agreement
