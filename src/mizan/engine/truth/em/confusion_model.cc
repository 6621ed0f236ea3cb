#include "mizan/engine/truth/em/confusion_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace mizan::truth {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

// The log-likelihood of one task; its row becomes the posterior.
double fill_posterior(const Evidence& evidence, const LogConfusion& model, TaskIndex task,
                      std::span<double> row) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t classes = row.size();
  std::copy(model.log_prior.begin(), model.log_prior.end(), row.begin());
  labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const double* logs = model.log_rows.values.data() + (annotator * classes + label) * classes;
    for (std::size_t k = 0; k < classes; ++k) row[k] += logs[k];
  });
  const std::int32_t gold = evidence.gold_of(task);
  if (gold == kNoGold) return normalise_logs(row);
  const double log_joint = row[static_cast<std::size_t>(gold)];
  std::fill(row.begin(), row.end(), 0.0);
  row[static_cast<std::size_t>(gold)] = 1;
  return log_joint;
}

}  // namespace

double normalise_logs(std::span<double> row) {
  const double top = *std::max_element(row.begin(), row.end());
  if (top == kMinusInfinity) {
    std::fill(row.begin(), row.end(), 1.0 / static_cast<double>(row.size()));
    return kMinusInfinity;
  }
  double sum = 0;
  for (double& value : row) sum += value = std::exp(value - top);
  const double scale = 1 / sum;
  for (double& value : row) value *= scale;
  return top + std::log(sum);
}

double fill_posteriors(const Evidence& evidence, const LogConfusion& model, Table& posterior, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t blocks = block_count(labels.label_count(), 0);
  std::vector<double> partial(blocks, 0.0);
  parallel_blocks(run.pool, labels.task_count(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    double sum = 0;
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto task = static_cast<TaskIndex>(t);
                      const double log_sum = fill_posterior(evidence, model, task, posterior.row(t));
                      if (takes_part(evidence, task)) sum += log_sum;
                    }
                    partial[block] = sum;
                  });
  return std::accumulate(partial.begin(), partial.end(), 0.0);
}

ExpectedCounts expected_counts(const Evidence& evidence, const Table& posterior, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t classes = labels.class_count();
  const std::size_t cells = labels.annotator_count() * classes * classes;
  const std::size_t blocks = block_count(labels.label_count(), cells);
  std::vector<ExpectedCounts> partial(blocks);
  parallel_blocks(run.pool, labels.task_count(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    ExpectedCounts& counts = partial[block];
                    counts.classes.assign(classes, 0.0);
                    counts.rows = Table(labels.annotator_count() * classes, classes);
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto task = static_cast<TaskIndex>(t);
                      if (!takes_part(evidence, task)) continue;
                      const auto row = posterior.row(t);
                      for (std::size_t k = 0; k < classes; ++k) counts.classes[k] += row[k];
                      labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
                        double* cell = counts.rows.values.data() + (annotator * classes + label) * classes;
                        for (std::size_t k = 0; k < classes; ++k) cell[k] += row[k];
                      });
                    }
                  });
  ExpectedCounts total = std::move(partial.front());
  for (std::size_t block = 1; block < blocks; ++block) {
    for (std::size_t k = 0; k < classes; ++k) total.classes[k] += partial[block].classes[k];
    for (std::size_t i = 0; i < cells; ++i) total.rows.values[i] += partial[block].rows.values[i];
  }
  return total;
}

void clamp_gold(const Evidence& evidence, Table& posterior) {
  for (std::size_t t = 0; t < evidence.gold.size(); ++t) {
    const std::int32_t gold = evidence.gold[t];
    if (gold == kNoGold) continue;
    const auto row = posterior.row(t);
    std::fill(row.begin(), row.end(), 0.0);
    row[static_cast<std::size_t>(gold)] = 1;
  }
}

Table starting_posteriors(const Evidence& evidence, const Table* start, Run run) {
  if (start == nullptr) return vote_shares(evidence, run);
  Table posterior = *start;
  clamp_gold(evidence, posterior);
  return posterior;
}

std::vector<double> class_shares(std::span<const double> counts, double pseudo_count) {
  std::vector<double> shares(counts.begin(), counts.end());
  double sum = 0;
  for (double& share : shares) sum += share += pseudo_count;
  for (double& share : shares) share = sum > 0 ? share / sum : 1.0 / static_cast<double>(shares.size());
  return shares;
}

std::vector<double> confusion_of(const LogConfusion& model) {
  const std::size_t classes = model.log_rows.columns;
  const std::size_t annotators = model.log_rows.rows / classes;
  std::vector<double> confusion(annotators * classes * classes);
  for (std::size_t annotator = 0; annotator < annotators; ++annotator)
    for (std::size_t label = 0; label < classes; ++label) {
      const auto logs = model.log_rows.row(annotator * classes + label);
      for (std::size_t k = 0; k < classes; ++k)
        confusion[(annotator * classes + k) * classes + label] = std::exp(logs[k]);
    }
  return confusion;
}

std::vector<double> mean_accuracy(std::span<const double> confusion, std::span<const double> class_prior) {
  const std::size_t classes = class_prior.size();
  std::vector<double> accuracy(confusion.size() / (classes * classes), 0.0);
  for (std::size_t annotator = 0; annotator < accuracy.size(); ++annotator)
    for (std::size_t k = 0; k < classes; ++k)
      accuracy[annotator] += class_prior[k] * confusion[(annotator * classes + k) * classes + k];
  return accuracy;
}

Result<void> check_step(Run run, std::string_view stage, int step, int steps) {
  if (run.progress.is_cancelled())
    return fail(ErrorCode::cancelled, std::string(stage) + " was cancelled at step " + std::to_string(step));
  run.progress.report(stage, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(steps));
  return {};
}

bool has_settled(double before, double after, double tolerance) {
  return tolerance > 0 && std::isfinite(before) && after - before <= tolerance * (1 + std::abs(after));
}

}  // namespace mizan::truth
