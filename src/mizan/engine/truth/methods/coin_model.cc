#include "mizan/engine/truth/methods/coin_model.h"

#include <algorithm>

#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// The posterior of one task and the log-likelihood of its labels.
double fill_posterior(const Evidence& evidence, const CoinLogs& logs, TaskIndex task, std::span<double> row) {
  const std::size_t classes = row.size();
  std::copy(logs.log_prior.begin(), logs.log_prior.end(), row.begin());
  double base = 0;
  evidence.labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const std::size_t code = annotator * classes + label;
    row[label] += logs.boost[code];
    base += logs.base[code];
  });
  const std::int32_t gold = evidence.gold_of(task);
  if (gold == kNoGold) return base + normalise_logs(row);
  const double log_joint = row[static_cast<std::size_t>(gold)];
  std::fill(row.begin(), row.end(), 0.0);
  row[static_cast<std::size_t>(gold)] = 1;
  return base + log_joint;
}

void add_task(const Evidence& evidence, TaskIndex task, std::span<const double> row, CoinCounts& counts) {
  const std::size_t classes = row.size();
  for (std::size_t k = 0; k < classes; ++k) counts.classes[k] += row[k];
  evidence.labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    counts.right[annotator * classes + label] += row[label];
  });
}

// Runs `visit(task, counts)` over the tasks that take part, in blocks, and adds the blocks' sums in order.
template <class Visit>
CoinCounts sum_tasks(const Evidence& evidence, Run run, const Visit& visit) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t codes = labels.annotator_count() * labels.class_count();
  const std::size_t blocks = block_count(labels.label_count(), codes);
  std::vector<CoinCounts> partial(blocks);
  parallel_blocks(run.pool, labels.task_count(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    partial[block].right.assign(codes, 0.0);
                    partial[block].classes.assign(labels.class_count(), 0.0);
                    for (std::size_t t = begin; t < end; ++t)
                      visit(static_cast<TaskIndex>(t), partial[block]);
                  });
  CoinCounts total = std::move(partial.front());
  for (std::size_t block = 1; block < blocks; ++block) {
    for (std::size_t code = 0; code < codes; ++code) total.right[code] += partial[block].right[code];
    for (std::size_t k = 0; k < total.classes.size(); ++k) total.classes[k] += partial[block].classes[k];
    total.log_likelihood += partial[block].log_likelihood;
  }
  return total;
}

}  // namespace

CoinCounts coin_pass(const Evidence& evidence, const CoinLogs& logs, Table& posterior, Run run) {
  return sum_tasks(evidence, run, [&](TaskIndex task, CoinCounts& counts) {
    const auto row = posterior.row(task);
    const double log_likelihood = fill_posterior(evidence, logs, task, row);
    if (!takes_part(evidence, task)) return;
    counts.log_likelihood += log_likelihood;
    add_task(evidence, task, row, counts);
  });
}

CoinCounts coin_counts(const Evidence& evidence, const Table& posterior, Run run) {
  return sum_tasks(evidence, run, [&](TaskIndex task, CoinCounts& counts) {
    if (takes_part(evidence, task)) add_task(evidence, task, posterior.row(task), counts);
  });
}

std::vector<double> label_counts(const LabelMatrix& labels, Run run) {
  const std::size_t classes = labels.class_count();
  return sum_tasks({labels}, run,
                   [&](TaskIndex task, CoinCounts& counts) {
                     labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
                       counts.right[annotator * classes + label] += 1;
                     });
                   })
      .right;
}

}  // namespace mizan::truth
