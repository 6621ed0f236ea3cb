#include "mizan/engine/truth/confusion.h"

#include <algorithm>
#include <numeric>

#include "mizan/base/assert.h"

namespace mizan::truth {

std::vector<double> confusion_counts(const LabelMatrix& labels, const Table& posterior, Run run) {
  const std::size_t classes = labels.class_count();
  const std::size_t size = labels.annotator_count() * classes * classes;
  const std::size_t blocks = block_count(labels.label_count(), size);
  std::vector<std::vector<double>> parts(std::min(blocks, std::max<std::size_t>(1, labels.task_count())));
  parallel_blocks(
      run.pool, labels.task_count(), blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
        auto& counts = parts[block];
        counts.assign(size, 0);
        for (std::size_t task = begin; task < end; ++task) {
          const auto belief = posterior.row(task);
          labels.visit_task(static_cast<TaskIndex>(task), [&](AnnotatorIndex annotator, ClassIndex label) {
            double* column = counts.data() + annotator * classes * classes + label;
            for (std::size_t k = 0; k < classes; ++k) column[k * classes] += belief[k];
          });
        }
      });
  std::vector<double> counts = std::move(parts[0]);
  counts.resize(size, 0);
  for (std::size_t block = 1; block < parts.size(); ++block)
    for (std::size_t i = 0; i < parts[block].size(); ++i) counts[i] += parts[block][i];
  return counts;
}

namespace {

std::vector<double> pooled_rows(const std::vector<double>& counts, std::size_t classes) {
  MIZAN_ASSERT(classes > 0);
  std::vector<double> pooled(classes * classes, 1.0);
  for (std::size_t k = 0; k < classes; ++k) pooled[k * classes + k] = 4.0;
  for (std::size_t i = 0; i < counts.size(); ++i) pooled[i % (classes * classes)] += counts[i];
  for (std::size_t k = 0; k < classes; ++k) {
    double* row = pooled.data() + k * classes;
    const double total = std::accumulate(row, row + classes, 0.0);
    for (std::size_t l = 0; l < classes; ++l) row[l] /= total;
  }
  return pooled;
}

}  // namespace

std::vector<double> smoothed_confusion(const std::vector<double>& counts, std::size_t class_count,
                                       double strength) {
  const std::vector<double> pooled = pooled_rows(counts, class_count);
  std::vector<double> rows(counts.size());
  for (std::size_t begin = 0; begin < counts.size(); begin += class_count) {
    const double* prior = pooled.data() + begin % (class_count * class_count);
    const double total =
        std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(begin),
                        counts.begin() + static_cast<std::ptrdiff_t>(begin + class_count), 0.0);
    for (std::size_t l = 0; l < class_count; ++l)
      rows[begin + l] = (counts[begin + l] + strength * prior[l]) / (total + strength);
  }
  return rows;
}

}  // namespace mizan::truth
