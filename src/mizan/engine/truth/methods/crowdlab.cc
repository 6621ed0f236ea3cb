#include "mizan/engine/truth/methods/crowdlab.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// No weight and no error rate under this: nothing is divided by 0, nobody is silenced altogether.
constexpr double kLeast = 1e-6;

Result<void> check(const Evidence& evidence, const CrowdlabOptions& options) {
  const Table* model = options.model_probability;
  if (model == nullptr)
    return fail(ErrorCode::invalid_argument, "CROWDLAB needs a model's probabilities", {},
                "use another method where no model has been trained");
  if (model->rows != evidence.labels.task_count() || model->columns != evidence.labels.class_count())
    return fail(ErrorCode::invalid_argument, "the model's probabilities do not fit the labels");
  for (std::size_t t = 0; t < model->rows; ++t) {
    const auto row = model->row(t);
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    const bool is_probability = std::all_of(row.begin(), row.end(), [](double p) { return p >= 0; });
    if (!is_probability || !(std::abs(sum - 1) < 1e-3))
      return fail(ErrorCode::invalid_argument, "the model's probabilities of a task are not probabilities",
                  "task " + std::to_string(t));
  }
  return {};
}

// What most labels say; of equals, what the model thinks likelier.
ClassIndex consensus_of(const Evidence& evidence, const Table& model, TaskIndex task) {
  if (const std::int32_t gold = evidence.gold_of(task); gold != kNoGold) return static_cast<ClassIndex>(gold);
  std::vector<double> votes(model.columns, 0.0);
  evidence.labels.visit_task(task, [&](AnnotatorIndex, ClassIndex label) { votes[label] += 1; });
  std::size_t best = 0;
  for (std::size_t k = 1; k < votes.size(); ++k)
    if (votes[k] > votes[best] || (votes[k] == votes[best] && model.row(task)[k] > model.row(task)[best]))
      best = k;
  return static_cast<ClassIndex>(best);
}

struct Tally {
  double agreed = 0;
  double all = 0;
  [[nodiscard]] double share() const { return all > 0 ? agreed / all : 0; }
};

struct Statistics {
  double task_count = 0;                // judged: those with two labels or more, else all labelled ones
  double labelled_count = 0;            // with labels
  double agreement_sum = 0;             // over judged tasks, the share of labels that are the consensus
  double model_errors = 0;              // over judged tasks
  std::vector<double> consensus_count;  // [K] over judged tasks
  std::vector<Tally> annotator;         // [W] agreement with the other labels of a task
};

// Does any task have two labels?
bool has_overlap(const LabelMatrix& labels) {
  for (TaskIndex t = 0; t < labels.task_count(); ++t)
    if (labels.label_count_of_task(t) > 1) return true;
  return false;
}

void judge_task(const Evidence& evidence, const Table& model, TaskIndex task, bool is_alone,
                Statistics& sums) {
  const LabelMatrix& labels = evidence.labels;
  const ClassIndex consensus = consensus_of(evidence, model, task);
  const ClassIndex model_answer = best_class(model.row(task));
  const ClassIndex reference = is_alone && evidence.gold_of(task) == kNoGold ? model_answer : consensus;
  double right = 0;
  labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    right += label == reference ? 1 : 0;
    if (is_alone) {
      sums.annotator[annotator].agreed += label == reference ? 1 : 0;
      sums.annotator[annotator].all += 1;
      return;
    }
    labels.visit_task(task, [&](AnnotatorIndex, ClassIndex other) {
      sums.annotator[annotator].agreed += label == other ? 1 : 0;
    });
    sums.annotator[annotator].agreed -= 1;  // with itself
    sums.annotator[annotator].all += static_cast<double>(labels.label_count_of_task(task) - 1);
  });
  sums.task_count += 1;
  sums.agreement_sum += right / static_cast<double>(labels.label_count_of_task(task));
  sums.model_errors += model_answer == consensus ? 0 : 1;
  sums.consensus_count[consensus] += 1;
}

Statistics statistics_of(const Evidence& evidence, const Table& model) {
  const LabelMatrix& labels = evidence.labels;
  Statistics sums;
  sums.consensus_count.assign(model.columns, 0.0);
  sums.annotator.resize(labels.annotator_count());
  const bool is_alone = !has_overlap(labels);
  for (TaskIndex task = 0; task < labels.task_count(); ++task) {
    const std::size_t count = labels.label_count_of_task(task);
    sums.labelled_count += count > 0 ? 1 : 0;
    if (count > 1 || (is_alone && count > 0)) judge_task(evidence, model, task, is_alone, sums);
  }
  return sums;
}

// How much better than always saying the most frequent class, 0 = no better, 1 = never wrong.
double earned_weight(double error, double constant_error) {
  return std::max(kLeast, 1 - error / constant_error);
}

void fit_weights(const Statistics& sums, std::size_t label_count, CrowdlabModel& model) {
  if (!(sums.task_count > 0)) return;
  const double most = *std::max_element(sums.consensus_count.begin(), sums.consensus_count.end());
  const double constant_error = std::max(kLeast, 1 - most / sums.task_count);
  model.agreement = sums.agreement_sum / sums.task_count;
  model.model_weight = earned_weight(sums.model_errors / sums.task_count, constant_error) *
                       std::sqrt(static_cast<double>(label_count) / sums.labelled_count);
  double known_sum = 0;
  double known = 0;
  for (const Tally& tally : sums.annotator)
    if (tally.all > 0) {
      known_sum += tally.share();
      known += 1;
    }
  for (std::size_t w = 0; w < sums.annotator.size(); ++w) {
    const double agreement =
        sums.annotator[w].all > 0 ? sums.annotator[w].share() : known_sum / std::max(1.0, known);
    model.belief.skill[w] = earned_weight(1 - agreement, constant_error);
  }
}

void average(const LabelMatrix& labels, TaskIndex task, const CrowdlabModel& model,
             std::span<const double> prior, std::span<double> row) {
  const auto others = static_cast<double>(row.size() - 1);
  double total = model.model_weight;
  for (std::size_t k = 0; k < row.size(); ++k) row[k] = model.model_weight * prior[k];
  labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const double weight = model.belief.skill[annotator];
    total += weight;
    for (std::size_t k = 0; k < row.size(); ++k)
      row[k] += weight * (k == label ? model.agreement : (1 - model.agreement) / others);
  });
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);  // total, but for the model's rounding
  if (total > 0 && sum > 0)
    for (double& value : row) value /= sum;
  else
    std::copy(prior.begin(), prior.end(), row.begin());
}

std::vector<double> mean_of_labelled(const LabelMatrix& labels, const Table& posterior) {
  std::vector<double> sums(posterior.columns, 0.0);
  for (std::size_t t = 0; t < posterior.rows; ++t)
    if (labels.label_count_of_task(static_cast<TaskIndex>(t)) > 0)
      for (std::size_t k = 0; k < posterior.columns; ++k) sums[k] += posterior.row(t)[k];
  return class_shares(sums, 0);
}

}  // namespace

Result<CrowdlabModel> fit_crowdlab(const Evidence& evidence, const CrowdlabOptions& options, Run run) {
  MIZAN_CHECK_OK(check(evidence, options));
  MIZAN_CHECK_OK(check_step(run, "crowdlab", 0, 1));
  const LabelMatrix& labels = evidence.labels;
  const Table& probability = *options.model_probability;
  CrowdlabModel model;
  model.belief.skill.assign(labels.annotator_count(), 0.0);
  fit_weights(statistics_of(evidence, probability), labels.label_count(), model);
  model.belief.posterior = Table(labels.task_count(), labels.class_count());
  parallel_blocks(run.pool, labels.task_count(), block_count(labels.label_count(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t)
                      average(labels, static_cast<TaskIndex>(t), model, probability.row(t),
                              model.belief.posterior.row(t));
                  });
  clamp_gold(evidence, model.belief.posterior);
  model.belief.class_prior = mean_of_labelled(labels, model.belief.posterior);
  return model;
}

Result<Belief> crowdlab(const Evidence& evidence, const CrowdlabOptions& options, Run run) {
  MIZAN_TRY(CrowdlabModel model, fit_crowdlab(evidence, options, run));
  return std::move(model.belief);
}

}  // namespace mizan::truth
