#include "mizan/engine/truth/dawid_skene.h"

#include <cmath>
#include <limits>

#include "mizan/engine/truth/confusion_model.h"

namespace mizan::truth {
namespace {

Result<void> check(const Evidence& evidence, const DawidSkeneOptions& options) {
  if (options.max_steps < 1) return fail(ErrorCode::invalid_argument, "Dawid-Skene needs at least one step");
  if (options.pseudo_count < 0 || options.diagonal_pseudo_count < 0 || options.class_pseudo_count < 0)
    return fail(ErrorCode::invalid_argument, "a pseudo-count cannot be negative");
  const LabelMatrix& labels = evidence.labels;
  if (options.start != nullptr &&
      (options.start->rows != labels.task_count() || options.start->columns != labels.class_count()))
    return fail(ErrorCode::invalid_argument, "the starting posteriors do not fit the labels");
  return {};
}

// 0 * log 0 = 0: a cell without counts and pseudo-counts adds nothing to the prior.
double weighted_log(double weight, double log_value) {
  return weight == 0 ? 0 : weight * log_value;
}

struct Fit {
  LogConfusion model;
  double log_prior_density = 0;  // of the parameters, unnormalised
};

// One annotator's confusion matrix: counts plus pseudo-counts, rows normalised.
void fit_annotator(const Table& counts, const DawidSkeneOptions& options, std::size_t annotator, Fit& fit) {
  const std::size_t classes = counts.columns;
  for (std::size_t k = 0; k < classes; ++k) {
    const auto pseudo = [&](std::size_t label) {
      return options.pseudo_count + (label == k ? options.diagonal_pseudo_count : 0);
    };
    double sum = 0;
    for (std::size_t label = 0; label < classes; ++label)
      sum += counts.row(annotator * classes + label)[k] + pseudo(label);
    for (std::size_t label = 0; label < classes; ++label) {
      const std::size_t code = annotator * classes + label;
      const double probability =
          sum > 0 ? (counts.row(code)[k] + pseudo(label)) / sum : 1.0 / static_cast<double>(classes);
      const double log_probability = std::log(probability);
      fit.model.log_rows.row(code)[k] = log_probability;
      fit.log_prior_density += weighted_log(pseudo(label), log_probability);
    }
  }
}

// Dawid & Skene (1979).
// M1. Class prior: mean posterior over tasks.
// M2. Annotators: expected counts, rows normalised. DEVIATION: pseudo-counts, so that no probability is 0.
Fit fit_parameters(const ExpectedCounts& counts, const DawidSkeneOptions& options) {
  Fit fit;
  const std::size_t classes = counts.classes.size();
  for (const double share : class_shares(counts.classes, options.class_pseudo_count)) {
    fit.model.log_prior.push_back(std::log(share));
    fit.log_prior_density += weighted_log(options.class_pseudo_count, fit.model.log_prior.back());
  }
  fit.model.log_rows = Table(counts.rows.rows, classes);
  for (std::size_t annotator = 0; annotator < counts.rows.rows / classes; ++annotator)
    fit_annotator(counts.rows, options, annotator, fit);
  return fit;
}

}  // namespace

Result<Belief> dawid_skene(const Evidence& evidence, const DawidSkeneOptions& options, Run run) {
  MIZAN_CHECK_OK(check(evidence, options));
  Belief belief;
  belief.converged = false;
  EmPass pass(evidence, run, options.pass);
  ExpectedCounts counts = pass.counts_of(options.start, run);
  double objective = -std::numeric_limits<double>::infinity();
  Fit fit;
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "dawid_skene", belief.iterations, options.max_steps));
    fit = fit_parameters(counts, options);
    const double before = objective;
    objective = pass.step(fit.model, counts, run) + fit.log_prior_density;
    belief.objective_trace.push_back(objective);
    belief.converged = has_settled(before, objective, options.tolerance);
    ++belief.iterations;
  }
  belief.posterior = pass.take_posteriors(fit.model, run);
  belief.objective = objective;
  for (const double log_share : fit.model.log_prior) belief.class_prior.push_back(std::exp(log_share));
  belief.confusion = confusion_of(fit.model);
  belief.skill = mean_accuracy(belief.confusion, belief.class_prior);
  return belief;
}

}  // namespace mizan::truth
