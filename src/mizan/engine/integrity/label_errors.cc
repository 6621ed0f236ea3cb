#include "mizan/engine/integrity/label_errors.h"

#include <algorithm>
#include <tuple>

namespace mizan::integrity {
namespace {
bool more_certain(const LikelyError& a, const LikelyError& b) {
  return std::tuple(-a.probability_wrong, a.task, a.annotator) <
         std::tuple(-b.probability_wrong, b.task, b.annotator);
}
}  // namespace

LikelyErrors likely_errors(const truth::LabelMatrix& labels, const truth::Table& posterior,
                           const LikelyErrorOptions& options) {
  LikelyErrors errors;
  for (truth::TaskIndex task = 0; task < labels.task_count(); ++task) {
    const auto belief = posterior.row(task);
    const truth::ClassIndex consensus = truth::best_class(belief);
    labels.visit_task(task, [&](truth::AnnotatorIndex annotator, truth::ClassIndex label) {
      const double wrong = 1 - belief[label];
      errors.expected_wrong_labels += wrong;
      if (label == consensus || wrong < options.threshold) return;
      ++errors.count;
      const LikelyError error{task, annotator, label, consensus, wrong};
      if (errors.top.size() == options.top_count &&
          (errors.top.empty() || !more_certain(error, errors.top.front())))
        return;
      errors.top.push_back(error);
      std::push_heap(errors.top.begin(), errors.top.end(), more_certain);
      if (errors.top.size() <= options.top_count) return;
      std::pop_heap(errors.top.begin(), errors.top.end(), more_certain);
      errors.top.pop_back();
    });
  }
  std::sort(errors.top.begin(), errors.top.end(), more_certain);
  return errors;
}

}  // namespace mizan::integrity
