#include "mizan/engine/truth/methods/weighted_shares.h"

#include <algorithm>

#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

void weigh_task(const Evidence& evidence, std::span<const double> weight, TaskIndex task,
                std::span<double> row) {
  double sum = 0;
  std::fill(row.begin(), row.end(), 0.0);
  evidence.labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    row[label] += weight[annotator];
    sum += weight[annotator];
  });
  if (sum > 0) {
    for (double& share : row) share /= sum;
    return;
  }
  const auto count = static_cast<double>(evidence.labels.label_count_of_task(task));
  evidence.labels.visit_task(task, [&](AnnotatorIndex, ClassIndex label) { row[label] += 1 / count; });
}

}  // namespace

Table weighted_shares(const Evidence& evidence, std::span<const double> weight, Run run) {
  const LabelMatrix& labels = evidence.labels;
  Table shares(labels.task_count(), labels.class_count());
  parallel_blocks(run.pool, labels.task_count(), block_count(labels.label_count(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t)
                      if (labels.label_count_of_task(static_cast<TaskIndex>(t)) > 0)
                        weigh_task(evidence, weight, static_cast<TaskIndex>(t), shares.row(t));
                  });
  clamp_gold(evidence, shares);
  fill_unlabelled(evidence, mean_posterior(evidence, shares, run), shares);
  return shares;
}

std::vector<ClassIndex> best_classes(const Table& posterior, Run run) {
  std::vector<ClassIndex> best(posterior.rows);
  parallel_blocks(run.pool, posterior.rows, block_count(posterior.values.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t) best[t] = best_class(posterior.row(t));
                  });
  return best;
}

std::vector<double> agreement_with(const Evidence& evidence, std::span<const ClassIndex> answers, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t annotators = labels.annotator_count();
  const std::size_t blocks = block_count(labels.label_count(), 2 * annotators);
  struct Counts {
    std::vector<std::size_t> equal;
    std::vector<std::size_t> all;
  };
  std::vector<Counts> partial(blocks);
  parallel_blocks(run.pool, labels.task_count(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    Counts& counts = partial[block];
                    counts.equal.assign(annotators, 0);
                    counts.all.assign(annotators, 0);
                    for (std::size_t t = begin; t < end; ++t)
                      labels.visit_task(static_cast<TaskIndex>(t), [&](AnnotatorIndex w, ClassIndex label) {
                        counts.equal[w] += label == answers[t] ? 1 : 0;
                        ++counts.all[w];
                      });
                  });
  std::vector<double> agreement(annotators, 0.0);
  for (std::size_t w = 0; w < annotators; ++w) {
    std::size_t equal = 0;
    std::size_t all = 0;
    for (const Counts& counts : partial) {
      equal += counts.equal[w];
      all += counts.all[w];
    }
    if (all > 0) agreement[w] = static_cast<double>(equal) / static_cast<double>(all);
  }
  return agreement;
}

std::vector<double> mean_posterior(const Evidence& evidence, const Table& posterior, Run run) {
  const std::size_t blocks = block_count(posterior.values.size(), 0);
  std::vector<std::vector<double>> partial(blocks, std::vector<double>(posterior.columns, 0.0));
  parallel_blocks(run.pool, posterior.rows, blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t) {
                      if (!takes_part(evidence, static_cast<TaskIndex>(t))) continue;
                      const auto row = posterior.row(t);
                      for (std::size_t k = 0; k < row.size(); ++k) partial[block][k] += row[k];
                    }
                  });
  std::vector<double> sums(posterior.columns, 0.0);
  for (const auto& part : partial)
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += part[k];
  return class_shares(sums, 0);
}

void fill_unlabelled(const Evidence& evidence, std::span<const double> class_prior, Table& posterior) {
  for (std::size_t t = 0; t < posterior.rows; ++t)
    if (!takes_part(evidence, static_cast<TaskIndex>(t)))
      std::copy(class_prior.begin(), class_prior.end(), posterior.row(t).begin());
}

}  // namespace mizan::truth
