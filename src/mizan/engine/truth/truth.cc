#include "mizan/engine/truth/truth.h"

#include <algorithm>

namespace mizan::truth {

Table vote_shares(const Evidence& evidence, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t classes = labels.class_count();
  Table shares(labels.task_count(), classes);
  parallel_blocks(run.pool, labels.task_count(), block_count(labels.label_count(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t task = begin; task < end; ++task) {
                      auto row = shares.row(task);
                      const auto t = static_cast<TaskIndex>(task);
                      if (const std::int32_t gold = evidence.gold_of(t); gold != kNoGold) {
                        row[static_cast<std::size_t>(gold)] = 1;
                        continue;
                      }
                      const std::size_t count = labels.label_count_of_task(t);
                      if (count == 0) {
                        std::fill(row.begin(), row.end(), 1.0 / static_cast<double>(classes));
                        continue;
                      }
                      labels.visit_task(t, [&](AnnotatorIndex, ClassIndex label) { row[label] += 1; });
                      for (double& share : row) share /= static_cast<double>(count);
                    }
                  });
  return shares;
}

ClassIndex best_class(std::span<const double> posterior_row) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < posterior_row.size(); ++k)
    if (posterior_row[k] > posterior_row[best] + 1e-12) best = k;
  return static_cast<ClassIndex>(best);
}

std::size_t block_count(std::size_t label_count, std::size_t sum_size) {
  constexpr std::size_t kLabelsPerBlock = 1 << 14;
  constexpr std::size_t kMostBlocks = 64;
  const std::size_t by_work = label_count / std::max(kLabelsPerBlock, 4 * sum_size) + 1;
  return std::min(by_work, kMostBlocks);
}

}  // namespace mizan::truth
