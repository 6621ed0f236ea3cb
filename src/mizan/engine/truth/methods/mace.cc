#include "mizan/engine/truth/methods/mace.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/coin_model.h"
#include "mizan/engine/truth/methods/weighted_shares.h"

namespace mizan::truth {
namespace {

using boost::math::digamma;
using boost::math::lgamma;

// Expected counts: how often an annotator knew, and how often their habit chose each label.
struct Counts {
  std::vector<double> knew;   // [W]
  std::vector<double> habit;  // [W*K]
};

struct Model {
  CoinLogs logs;
  std::vector<double> knows;  // [W*K] P(knew | label, and the label is right)
  double divergence = 0;      // KL of the variational posterior from the prior
};

struct Shape {
  std::size_t annotators;
  std::size_t classes;
};

// KL(Dirichlet(prior + counts) || Dirichlet(prior, ...)) for a symmetric prior.
template <class CountOf>
double dirichlet_divergence(std::size_t size, double prior, const CountOf& count_of) {
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += prior + count_of(i);
  const auto n = static_cast<double>(size);
  double divergence = lgamma(sum) - lgamma(n * prior) + n * lgamma(prior);
  for (std::size_t i = 0; i < size; ++i) {
    const double alpha = prior + count_of(i);
    divergence += count_of(i) * (digamma(alpha) - digamma(sum)) - lgamma(alpha);
  }
  return divergence;
}

void fit_annotator(const Counts& counts, const MaceOptions& options, std::size_t annotator,
                   std::size_t classes, Model& model) {
  const double* habit = counts.habit.data() + annotator * classes;
  const double guessed = std::accumulate(habit, habit + classes, 0.0);
  const double knew = counts.knew[annotator];
  const double prior = options.knows_prior;
  const double log_total = digamma(knew + guessed + 2 * prior);
  const double log_knows = digamma(knew + prior) - log_total;
  const double log_guesses = digamma(guessed + prior) - log_total;
  const double log_habits = digamma(guessed + static_cast<double>(classes) * options.habit_prior);
  for (std::size_t label = 0; label < classes; ++label) {
    const std::size_t code = annotator * classes + label;
    const double log_wrong = log_guesses + digamma(habit[label] + options.habit_prior) - log_habits;
    const double odds = std::exp(log_knows - log_wrong);  // knew : guessed this label
    model.logs.base[code] = log_wrong;
    model.logs.boost[code] = std::log1p(odds);
    model.knows[code] = odds / (1 + odds);
  }
  model.divergence +=
      dirichlet_divergence(2, prior, [&](std::size_t i) { return i == 0 ? knew : guessed; }) +
      dirichlet_divergence(classes, options.habit_prior, [&](std::size_t label) { return habit[label]; });
}

Model fit(const Counts& counts, const MaceOptions& options, Shape shape) {
  Model model;
  const std::size_t codes = shape.annotators * shape.classes;
  model.logs.log_prior.assign(shape.classes, -std::log(static_cast<double>(shape.classes)));
  model.logs.base.resize(codes);
  model.logs.boost.resize(codes);
  model.knows.resize(codes);
  for (std::size_t w = 0; w < shape.annotators; ++w) fit_annotator(counts, options, w, shape.classes, model);
  return model;
}

// From the expected right labels of a pass: a right label was known or chanced upon, a wrong one is habit.
Counts split_counts(const std::vector<double>& right, const std::vector<double>& all,
                    const std::vector<double>& knows, Shape shape) {
  Counts counts{std::vector<double>(shape.annotators, 0.0), all};
  for (std::size_t code = 0; code < right.size(); ++code) {
    const double knew = right[code] * knows[code];
    counts.knew[code / shape.classes] += knew;
    counts.habit[code] = std::max(0.0, all[code] - knew);
  }
  return counts;
}

Counts random_counts(const std::vector<double>& all, Shape shape, Rng rng) {
  Counts counts{std::vector<double>(shape.annotators, 0.0), all};
  for (std::size_t w = 0; w < shape.annotators; ++w) {
    const double knows = rng.uniform();
    for (std::size_t code = w * shape.classes; code < (w + 1) * shape.classes; ++code) {
      const double knew = all[code] * knows * rng.uniform();
      counts.knew[w] += knew;
      counts.habit[code] = all[code] - knew;
    }
  }
  return counts;
}

struct Problem {
  const Evidence& evidence;
  const MaceOptions& options;
  Run run;
  Shape shape;
  std::vector<double> all;  // [W*K] labels by code
};

struct Outcome {
  Belief belief;
  Counts counts;
};

Result<Outcome> climb(const Problem& problem, Counts counts) {
  Outcome outcome;
  Belief& belief = outcome.belief;
  belief.posterior = Table(problem.evidence.labels.task_count(), problem.shape.classes);
  belief.converged = false;
  belief.objective = -std::numeric_limits<double>::infinity();
  while (belief.iterations < problem.options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(problem.run, "mace", belief.iterations, problem.options.max_steps));
    const Model model = fit(counts, problem.options, problem.shape);
    const CoinCounts sums = coin_pass(problem.evidence, model.logs, belief.posterior, problem.run);
    const double before = belief.objective;
    belief.objective = sums.log_likelihood - model.divergence;
    belief.objective_trace.push_back(belief.objective);
    belief.converged = has_settled(before, belief.objective, problem.options.tolerance);
    outcome.counts = std::move(counts);
    counts = split_counts(sums.right, problem.all, model.knows, problem.shape);
    ++belief.iterations;
  }
  return outcome;
}

// Posterior means of the parameters that gave the posteriors.
void describe_annotators(const Counts& counts, const MaceOptions& options, Shape shape, Belief& belief) {
  const std::size_t classes = shape.classes;
  belief.confusion.resize(shape.annotators * classes * classes);
  for (std::size_t w = 0; w < shape.annotators; ++w) {
    const double* habit = counts.habit.data() + w * classes;
    const double guessed = std::accumulate(habit, habit + classes, 0.0);
    const double knows =
        (counts.knew[w] + options.knows_prior) / (counts.knew[w] + guessed + 2 * options.knows_prior);
    belief.skill.push_back(knows);
    for (std::size_t k = 0; k < classes; ++k)
      for (std::size_t label = 0; label < classes; ++label)
        belief.confusion[(w * classes + k) * classes + label] =
            (k == label ? knows : 0) + (1 - knows) * (habit[label] + options.habit_prior) /
                                           (guessed + static_cast<double>(classes) * options.habit_prior);
  }
}

int start_count(const MaceOptions& options, std::size_t labels) {
  if (options.starts > 0) return options.starts;
  const double affordable = MaceOptions::kStartWork / std::max(1.0, static_cast<double>(labels));
  return std::clamp(static_cast<int>(affordable), 1, MaceOptions::kMostStarts);
}

}  // namespace

Result<Belief> mace(const Evidence& evidence, const MaceOptions& options, Run run) {
  if (options.max_steps < 1 || options.starts < 0)
    return fail(ErrorCode::invalid_argument, "MACE needs at least one step and no negative number of starts");
  if (!(options.knows_prior > 0 && options.habit_prior > 0))
    return fail(ErrorCode::invalid_argument, "the priors of MACE must be positive");
  const LabelMatrix& labels = evidence.labels;
  const Shape shape{labels.annotator_count(), labels.class_count()};
  const Problem problem{evidence, options, run, shape, label_counts(labels, run)};
  const CoinCounts votes = coin_counts(evidence, vote_shares(evidence, run), run);
  const std::vector<double> all_known(problem.all.size(), 1.0);
  MIZAN_TRY(Outcome best, climb(problem, split_counts(votes.right, problem.all, all_known, shape)));
  for (int start = 1; start < start_count(options, labels.label_count()); ++start) {
    Rng rng = Rng(options.seed).split(static_cast<std::uint64_t>(start));
    MIZAN_TRY(Outcome outcome, climb(problem, random_counts(problem.all, shape, rng)));
    if (outcome.belief.objective > best.belief.objective) best = std::move(outcome);
  }
  Belief belief = std::move(best.belief);
  belief.class_prior = mean_posterior(evidence, belief.posterior, run);
  fill_unlabelled(evidence, belief.class_prior, belief.posterior);
  if (options.describes_annotators) describe_annotators(best.counts, options, shape, belief);
  return belief;
}

}  // namespace mizan::truth
