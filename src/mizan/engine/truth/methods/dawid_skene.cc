#include "mizan/engine/truth/methods/dawid_skene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "mizan/engine/truth/em/squarem.h"

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

double pseudo_count(const DawidSkeneOptions& options, std::size_t answer, std::size_t label) {
  return options.pseudo_count + (label == answer ? options.diagonal_pseudo_count : 0);
}

// Log of the unnormalised Dirichlet density of the parameters that the pseudo-counts stand for.
double log_density(const LogConfusion& model, const DawidSkeneOptions& options) {
  const std::size_t classes = model.log_prior.size();
  double density = 0;
  for (const double log_share : model.log_prior)
    density += weighted_log(options.class_pseudo_count, log_share);
  for (std::size_t code = 0; code < model.log_rows.rows; ++code)
    for (std::size_t k = 0; k < classes; ++k)
      density += weighted_log(pseudo_count(options, k, code % classes), model.log_rows.row(code)[k]);
  return density;
}

// Subtracts the log of the sum from `count` logs that lie `stride` apart; leaves logs of 0 alone.
void normalise_logs_in_place(double* logs, std::size_t count, std::size_t stride) {
  double top = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < count; ++i) top = std::max(top, logs[i * stride]);
  if (!std::isfinite(top)) return;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += std::exp(logs[i * stride] - top);
  for (std::size_t i = 0; i < count; ++i) logs[i * stride] -= top + std::log(sum);
}

// One annotator's confusion matrix: counts plus pseudo-counts, rows normalised.
void fit_annotator(const Table& counts, const DawidSkeneOptions& options, std::size_t annotator,
                   LogConfusion& model) {
  const std::size_t classes = counts.columns;
  for (std::size_t k = 0; k < classes; ++k) {
    double sum = 0;
    for (std::size_t label = 0; label < classes; ++label)
      sum += counts.row(annotator * classes + label)[k] + pseudo_count(options, k, label);
    for (std::size_t label = 0; label < classes; ++label) {
      const std::size_t code = annotator * classes + label;
      const double probability = sum > 0 ? (counts.row(code)[k] + pseudo_count(options, k, label)) / sum
                                         : 1.0 / static_cast<double>(classes);
      model.log_rows.row(code)[k] = std::log(probability);
    }
  }
}

// Dawid & Skene (1979).
// M1. Class prior: mean posterior over tasks.
// M2. Annotators: expected counts, rows normalised. DEVIATION: pseudo-counts, so that no probability is 0.
LogConfusion fit_parameters(const ExpectedCounts& counts, const DawidSkeneOptions& options) {
  LogConfusion model;
  const std::size_t classes = counts.classes.size();
  for (const double share : class_shares(counts.classes, options.class_pseudo_count))
    model.log_prior.push_back(std::log(share));
  model.log_rows = Table(counts.rows.rows, classes);
  for (std::size_t annotator = 0; annotator < counts.rows.rows / classes; ++annotator)
    fit_annotator(counts.rows, options, annotator, model);
  return model;
}

// The steps as published.
Result<LogConfusion> climb(EmPass& pass, ExpectedCounts counts, const DawidSkeneOptions& options,
                           Belief& belief, Run run) {
  belief.objective = -std::numeric_limits<double>::infinity();
  LogConfusion model;
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "dawid_skene", belief.iterations, options.max_steps));
    model = fit_parameters(counts, options);
    const double before = belief.objective;
    belief.objective = pass.step(model, counts, run) + log_density(model, options);
    belief.objective_trace.push_back(belief.objective);
    belief.converged = has_settled(before, belief.objective, options.tolerance);
    ++belief.iterations;
  }
  return model;
}

// Makes every row of probabilities sum to 1 again, in logs.
void normalise(LogConfusion& model) {
  const std::size_t classes = model.log_prior.size();
  normalise_logs_in_place(model.log_prior.data(), classes, 1);
  for (std::size_t annotator = 0; annotator < model.log_rows.rows / classes; ++annotator)
    for (std::size_t k = 0; k < classes; ++k)
      normalise_logs_in_place(model.log_rows.values.data() + annotator * classes * classes + k, classes,
                              classes);
}

std::vector<double> point_of(const LogConfusion& model) {
  std::vector<double> point = model.log_prior;
  point.insert(point.end(), model.log_rows.values.begin(), model.log_rows.values.end());
  return point;
}

LogConfusion model_at(std::span<const double> point, std::size_t classes) {
  LogConfusion model;
  model.log_prior.assign(point.begin(), point.begin() + static_cast<std::ptrdiff_t>(classes));
  model.log_rows = Table((point.size() - classes) / classes, classes);
  std::copy(point.begin() + static_cast<std::ptrdiff_t>(classes), point.end(), model.log_rows.values.begin());
  normalise(model);
  return model;
}

// The same climb by SQUAREM over the logs of the parameters.
Result<LogConfusion> climb_faster(EmPass& pass, ExpectedCounts counts, const DawidSkeneOptions& options,
                                  Belief& belief, Run run) {
  const std::size_t classes = counts.classes.size();
  int passes = 0;
  const auto step = [&](std::span<double> from, std::span<double> to) -> Result<double> {
    MIZAN_CHECK_OK(check_step(run, "dawid_skene", passes++, options.max_steps));
    const LogConfusion model = model_at(from, classes);
    std::ranges::copy(point_of(model), from.begin());
    const double objective = pass.step(model, counts, run) + log_density(model, options);
    std::ranges::copy(point_of(fit_parameters(counts, options)), to.begin());
    return objective;
  };
  std::vector<double> point = point_of(fit_parameters(counts, options));
  MIZAN_TRY(SquaremReport report,
            squarem(step, point, {.max_passes = options.max_steps, .tolerance = options.tolerance}));
  LogConfusion model = model_at(point, classes);
  belief.iterations = report.passes;
  belief.converged = report.converged;
  belief.objective = pass.step(model, counts, run) + log_density(model, options);
  belief.objective_trace = std::move(report.objective_trace);
  return model;
}

}  // namespace

Result<Belief> dawid_skene(const Evidence& evidence, const DawidSkeneOptions& options, Run run) {
  MIZAN_CHECK_OK(check(evidence, options));
  Belief belief;
  belief.converged = false;
  EmPass pass(evidence, run, options.pass);
  ExpectedCounts counts = pass.counts_of(options.start, run);
  const auto way = options.accelerates ? climb_faster : climb;
  MIZAN_TRY(const LogConfusion model, way(pass, std::move(counts), options, belief, run));
  belief.posterior = pass.take_posteriors(model, run);
  for (const double log_share : model.log_prior) belief.class_prior.push_back(std::exp(log_share));
  belief.confusion = confusion_of(model);
  belief.skill = mean_accuracy(belief.confusion, belief.class_prior);
  return belief;
}

}  // namespace mizan::truth
