#include "mizan/engine/truth/methods/one_coin.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/coin_model.h"

namespace mizan::truth {
namespace {

struct Totals {
  std::vector<double> right;  // [W]
  std::vector<double> all;    // [W]
};

std::vector<double> per_annotator(const std::vector<double>& by_code, std::size_t classes) {
  std::vector<double> sums(by_code.size() / classes, 0.0);
  for (std::size_t code = 0; code < by_code.size(); ++code) sums[code / classes] += by_code[code];
  return sums;
}

std::vector<double> fit_skill(const Totals& totals, const BetaPrior& prior) {
  std::vector<double> skill(totals.all.size());
  for (std::size_t w = 0; w < skill.size(); ++w)
    skill[w] = (totals.right[w] + prior.right) / (totals.all[w] + prior.right + prior.wrong);
  return skill;
}

CoinLogs logs_of(const std::vector<double>& skill, const std::vector<double>& class_prior) {
  CoinLogs logs;
  const std::size_t classes = class_prior.size();
  for (const double share : class_prior) logs.log_prior.push_back(std::log(share));
  logs.boost.resize(skill.size() * classes);
  logs.base.resize(logs.boost.size());
  for (std::size_t code = 0; code < logs.boost.size(); ++code) {
    const double q = skill[code / classes];
    logs.base[code] = std::log((1 - q) / static_cast<double>(classes - 1));
    logs.boost[code] = std::log(q) - logs.base[code];
  }
  return logs;
}

double log_prior_density(const std::vector<double>& skill, const CoinLogs& logs, const BetaPrior& prior,
                         double class_pseudo_count) {
  double density = class_pseudo_count * std::accumulate(logs.log_prior.begin(), logs.log_prior.end(), 0.0);
  for (const double q : skill) density += prior.right * std::log(q) + prior.wrong * std::log(1 - q);
  return density;
}

std::vector<double> implied_confusion(const std::vector<double>& skill, std::size_t classes) {
  std::vector<double> confusion(skill.size() * classes * classes);
  for (std::size_t cell = 0; cell < confusion.size(); ++cell) {
    const double q = skill[cell / (classes * classes)];
    const bool diagonal = cell / classes % classes == cell % classes;
    confusion[cell] = diagonal ? q : (1 - q) / static_cast<double>(classes - 1);
  }
  return confusion;
}

}  // namespace

Result<Belief> one_coin(const Evidence& evidence, const OneCoinOptions& options, Run run) {
  if (options.max_steps < 1) return fail(ErrorCode::invalid_argument, "one-coin needs at least one step");
  if (!(options.prior.right > 0 && options.prior.wrong > 0 && options.class_pseudo_count > 0))
    return fail(ErrorCode::invalid_argument, "the pseudo-counts of one-coin must be positive");
  const std::size_t classes = evidence.labels.class_count();
  Belief belief;
  belief.posterior = vote_shares(evidence, run);
  belief.converged = false;
  Totals totals{{}, per_annotator(label_counts(evidence.labels, run), classes)};
  CoinCounts counts = coin_counts(evidence, belief.posterior, run);
  BetaPrior prior = options.prior;
  double objective = -std::numeric_limits<double>::infinity();
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "one_coin", belief.iterations, options.max_steps));
    totals.right = per_annotator(counts.right, classes);
    if (options.learns_prior)
      prior = learn_beta_prior(prior, totals.right, totals.all, {.centre = options.prior});
    belief.skill = fit_skill(totals, prior);
    belief.class_prior = class_shares(counts.classes, options.class_pseudo_count);
    const CoinLogs logs = logs_of(belief.skill, belief.class_prior);
    counts = coin_pass(evidence, logs, belief.posterior, run);
    const double before = objective;
    objective =
        counts.log_likelihood + log_prior_density(belief.skill, logs, prior, options.class_pseudo_count);
    belief.objective_trace.push_back(objective);
    belief.converged = has_settled(before, objective, options.tolerance);
    ++belief.iterations;
  }
  belief.objective = objective;
  belief.confusion = implied_confusion(belief.skill, classes);
  return belief;
}

}  // namespace mizan::truth
