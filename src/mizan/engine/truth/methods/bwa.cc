#include "mizan/engine/truth/methods/bwa.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// Sums over the tasks that have labels.
struct Sums {
  std::vector<double> mean;     // [K] sum of answers
  std::vector<double> spread;   // [K] sum over labels of answer * (1 - answer)
  std::vector<double> error;    // [W*K] sum over an annotator's labels of (answer - label)^2
  std::vector<char> unsettled;  // [K] did an answer move by more than the tolerance?
};

struct Fit {
  std::vector<double> mean;        // [K]
  Table precision;                 // [W,K]
  std::vector<char> is_unsettled;  // [K]; a settled class keeps its answers
};

Sums empty_sums(std::size_t annotators, std::size_t classes) {
  return {std::vector<double>(classes, 0.0), std::vector<double>(classes, 0.0),
          std::vector<double>(annotators * classes, 0.0), std::vector<char>(classes, 0)};
}

void add(Sums& total, const Sums& part) {
  const auto plus = [](std::vector<double>& into, const std::vector<double>& from) {
    std::transform(into.begin(), into.end(), from.begin(), into.begin(), std::plus<>());
  };
  plus(total.mean, part.mean);
  plus(total.spread, part.spread);
  plus(total.error, part.error);
  for (std::size_t k = 0; k < total.unsettled.size(); ++k)
    if (part.unsettled[k] != 0) total.unsettled[k] = 1;
}

// One task into the sums.
void count_task(const LabelMatrix& labels, TaskIndex task, std::span<const double> answer, Sums& sums) {
  const std::size_t classes = answer.size();
  const auto label_count = static_cast<double>(labels.label_count_of_task(task));
  for (std::size_t k = 0; k < classes; ++k) {
    sums.mean[k] += answer[k];
    sums.spread[k] += label_count * answer[k] * (1 - answer[k]);
  }
  labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    double* error = sums.error.data() + annotator * classes;
    for (std::size_t k = 0; k < classes; ++k) error[k] += answer[k] * answer[k];
    error[label] += 1 - 2 * answer[label];
  });
}

// The precision-weighted average of a task's labels, pulled to the classes' means.
void average(const LabelMatrix& labels, TaskIndex task, const Fit& fit, double mean_strength,
             std::span<double> answer) {
  const std::size_t classes = answer.size();
  std::vector<double> weight(classes, mean_strength);
  for (std::size_t k = 0; k < classes; ++k) answer[k] = mean_strength * fit.mean[k];
  labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const auto precision = fit.precision.row(annotator);
    for (std::size_t k = 0; k < classes; ++k) weight[k] += precision[k];
    answer[label] += precision[label];
  });
  for (std::size_t k = 0; k < classes; ++k) answer[k] /= weight[k];
}

// One pass: new answers from `fit` (none = the answers stay), and the sums of the new answers.
Sums pass(const Evidence& evidence, const BwaOptions& options, const Fit* fit, Table& answers, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const std::size_t classes = labels.class_count();
  const std::size_t blocks = block_count(labels.label_count(), labels.annotator_count() * classes);
  std::vector<Sums> partial(blocks, empty_sums(0, classes));
  parallel_blocks(run.pool, labels.task_count(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    Sums& sums = partial[block];
                    sums = empty_sums(labels.annotator_count(), classes);
                    std::vector<double> fresh(classes);
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto task = static_cast<TaskIndex>(t);
                      if (labels.label_count_of_task(task) == 0) continue;
                      const auto answer = answers.row(t);
                      if (fit != nullptr && evidence.gold_of(task) == kNoGold) {
                        average(labels, task, *fit, options.mean_strength, fresh);
                        for (std::size_t k = 0; k < classes; ++k) {
                          if (!fit->is_unsettled[k]) continue;
                          const double slack = 1e-8 + options.tolerance * fresh[k];
                          if (std::abs(fresh[k] - answer[k]) > slack) sums.unsettled[k] = 1;
                          answer[k] = fresh[k];
                        }
                      }
                      count_task(labels, task, answer, sums);
                    }
                  });
  Sums total = empty_sums(labels.annotator_count(), classes);
  for (const Sums& part : partial)
    if (part.error.size() == total.error.size()) add(total, part);
  return total;
}

struct Counts {
  double task_count = 0;  // with labels
  bool has_overlap = false;
  std::vector<double> label_count;  // [W]
};

Counts count(const LabelMatrix& labels) {
  Counts counts;
  counts.label_count.assign(labels.annotator_count(), 0.0);
  for (TaskIndex task = 0; task < labels.task_count(); ++task) {
    counts.task_count += labels.label_count_of_task(task) > 0 ? 1 : 0;
    counts.has_overlap |= labels.label_count_of_task(task) > 1;
    labels.visit_task(task,
                      [&](AnnotatorIndex annotator, ClassIndex) { counts.label_count[annotator] += 1; });
  }
  return counts;
}

// b of the paper: the pseudo-count times the variance of a label about its answer, corrected for the number
// of classes. DEVIATION: never under a share of the class's variance over tasks; where no task has two labels
// nothing tells how far labels stray, and the share is that of annotators who are right nine times in ten.
std::vector<double> prior_errors(const Sums& votes, const Counts& counts, std::size_t label_count,
                                 const BwaOptions& options) {
  const double share = counts.has_overlap ? 0.02 : 0.2;
  const auto classes = static_cast<double>(votes.mean.size());
  std::vector<double> errors;
  for (std::size_t k = 0; k < votes.mean.size(); ++k) {
    const double mean = votes.mean[k] / counts.task_count;
    const double within = votes.spread[k] / static_cast<double>(label_count);
    const double variance = std::max({within, share * mean * (1 - mean), 1e-12});
    errors.push_back(options.precision_pseudo_count * variance * 4 * (1 - 1 / classes));
  }
  return errors;
}

void fit_annotators(const Sums& sums, const Counts& counts, std::span<const double> prior_error,
                    const BwaOptions& options, Fit& fit) {
  const std::size_t classes = prior_error.size();
  for (std::size_t k = 0; k < classes; ++k) fit.mean[k] = sums.mean[k] / counts.task_count;
  for (std::size_t annotator = 0; annotator < counts.label_count.size(); ++annotator)
    for (std::size_t k = 0; k < classes; ++k)
      fit.precision.row(annotator)[k] = (options.precision_pseudo_count + counts.label_count[annotator]) /
                                        (prior_error[k] + sums.error[annotator * classes + k]);
}

// Answers of the classes are found one by one and need not sum to 1.
void normalise(const Evidence& evidence, std::span<const double> prior, Table& answers) {
  for (std::size_t t = 0; t < answers.rows; ++t) {
    const auto task = static_cast<TaskIndex>(t);
    if (evidence.gold_of(task) != kNoGold) continue;
    const auto row = answers.row(t);
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    if (evidence.labels.label_count_of_task(task) == 0 || !(sum > 0))
      std::copy(prior.begin(), prior.end(), row.begin());
    else
      for (double& value : row) value /= sum;
  }
}

Result<void> check(const BwaOptions& options) {
  if (options.max_steps < 1) return fail(ErrorCode::invalid_argument, "BWA needs at least one step");
  if (!(options.precision_pseudo_count > 0) || !(options.mean_strength > 0))
    return fail(ErrorCode::invalid_argument, "the strengths of BWA's priors must be positive");
  return {};
}

}  // namespace

Result<Belief> bwa(const Evidence& evidence, const BwaOptions& options, Run run) {
  MIZAN_CHECK_OK(check(options));
  const LabelMatrix& labels = evidence.labels;
  const std::size_t classes = labels.class_count();
  Belief belief;
  belief.posterior = vote_shares(evidence, run);
  belief.class_prior.assign(classes, 1.0 / static_cast<double>(classes));
  if (labels.label_count() == 0) return belief;

  const Counts counts = count(labels);
  Sums sums = pass(evidence, options, nullptr, belief.posterior, run);
  const std::vector<double> prior_error = prior_errors(sums, counts, labels.label_count(), options);
  Fit fit{std::vector<double>(classes), Table(labels.annotator_count(), classes),
          std::vector<char>(classes, 1)};
  belief.converged = false;
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "bwa", belief.iterations, options.max_steps));
    fit_annotators(sums, counts, prior_error, options, fit);
    sums = pass(evidence, options, &fit, belief.posterior, run);
    fit.is_unsettled = sums.unsettled;
    belief.converged =
        std::none_of(sums.unsettled.begin(), sums.unsettled.end(), [](char c) { return c != 0; });
    ++belief.iterations;
  }
  belief.class_prior = class_shares(fit.mean, 0);
  normalise(evidence, belief.class_prior, belief.posterior);
  for (std::size_t annotator = 0; annotator < labels.annotator_count(); ++annotator) {
    const auto row = fit.precision.row(annotator);
    belief.skill.push_back(std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(classes));
  }
  return belief;
}

}  // namespace mizan::truth
