#include "mizan/engine/truth/methods/class_coin.h"

#include <cmath>
#include <limits>

#include "mizan/engine/truth/em/em_pass.h"

namespace mizan::truth {
namespace {

struct ClassCounts {
  std::vector<double> right;  // [W] of one class
  std::vector<double> all;    // [W]
};

struct Fit {
  LogConfusion model;
  double log_prior_density = 0;
};

ClassCounts counts_of_class(const Table& rows, std::size_t k) {
  const std::size_t classes = rows.columns;
  ClassCounts counts{std::vector<double>(rows.rows / classes, 0.0),
                     std::vector<double>(rows.rows / classes, 0.0)};
  for (std::size_t code = 0; code < rows.rows; ++code) {
    counts.all[code / classes] += rows.row(code)[k];
    if (code % classes == k) counts.right[code / classes] = rows.row(code)[k];
  }
  return counts;
}

// [K] P(label | right answer k, the label is wrong) over all annotators; 0 at k.
std::vector<double> pooled_errors(const Table& rows, std::size_t k, double pseudo_count) {
  std::vector<double> errors(rows.columns, pseudo_count);
  for (std::size_t code = 0; code < rows.rows; ++code) errors[code % rows.columns] += rows.row(code)[k];
  errors[k] = 0;
  return class_shares(errors, 0);
}

void fit_class(const Table& rows, const ClassCoinOptions& options, std::size_t k, BetaPrior& prior,
               Fit& fit) {
  const std::size_t classes = rows.columns;
  const ClassCounts counts = counts_of_class(rows, k);
  const std::vector<double> errors = pooled_errors(rows, k, options.error_pseudo_count);
  if (options.learns_prior)
    prior = learn_beta_prior(prior, counts.right, counts.all,
                             {.centre = options.prior, .weight = options.prior_weight});
  for (std::size_t label = 0; label < classes; ++label)
    if (label != k) fit.log_prior_density += options.error_pseudo_count * std::log(errors[label]);
  for (std::size_t w = 0; w < counts.all.size(); ++w) {
    const double right = (counts.right[w] + prior.right) / (counts.all[w] + prior.right + prior.wrong);
    fit.log_prior_density += prior.right * std::log(right) + prior.wrong * std::log(1 - right);
    for (std::size_t label = 0; label < classes; ++label)
      fit.model.log_rows.row(w * classes + label)[k] =
          label == k ? std::log(right) : std::log(1 - right) + std::log(errors[label]);
  }
}

Fit fit_parameters(const ExpectedCounts& counts, const ClassCoinOptions& options,
                   std::vector<BetaPrior>& priors) {
  Fit fit;
  for (const double share : class_shares(counts.classes, options.class_pseudo_count)) {
    fit.model.log_prior.push_back(std::log(share));
    fit.log_prior_density += options.class_pseudo_count * fit.model.log_prior.back();
  }
  fit.model.log_rows = Table(counts.rows.rows, counts.rows.columns);
  for (std::size_t k = 0; k < priors.size(); ++k) fit_class(counts.rows, options, k, priors[k], fit);
  return fit;
}

Result<void> check(const ClassCoinOptions& options) {
  if (options.max_steps < 1) return fail(ErrorCode::invalid_argument, "class-coin needs at least one step");
  if (!(options.prior.right > 0 && options.prior.wrong > 0 && options.error_pseudo_count > 0 &&
        options.class_pseudo_count > 0 && options.prior_weight > 0))
    return fail(ErrorCode::invalid_argument, "the pseudo-counts of class-coin must be positive");
  return {};
}

}  // namespace

Result<Belief> class_coin(const Evidence& evidence, const ClassCoinOptions& options, Run run) {
  MIZAN_CHECK_OK(check(options));
  Belief belief;
  belief.converged = false;
  EmPass pass(evidence, run);
  ExpectedCounts counts = pass.counts_of_votes(run);
  std::vector<BetaPrior> priors(evidence.labels.class_count(), options.prior);
  double objective = -std::numeric_limits<double>::infinity();
  Fit fit;
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "class_coin", belief.iterations, options.max_steps));
    fit = fit_parameters(counts, options, priors);
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
