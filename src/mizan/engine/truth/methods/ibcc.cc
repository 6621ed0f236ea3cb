#include "mizan/engine/truth/methods/ibcc.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/confusion_hierarchy.h"
#include "mizan/engine/truth/special.h"

namespace mizan::truth {
namespace {

// A class that nobody chose still needs a positive pseudo-count.
constexpr double kLeastClassCount = 0.01;

Result<void> check(const Evidence& evidence, const IbccOptions& options) {
  if (options.max_steps < 1) return fail(ErrorCode::invalid_argument, "IBCC needs at least one step");
  if (!(options.diagonal > 0) || !(options.off_diagonal > 0) || !(options.flat_class_count > 0))
    return fail(ErrorCode::invalid_argument, "the pseudo-counts of IBCC must be positive");
  if (options.prior_rounds > 0 && !(options.prior_strength > 0))
    return fail(ErrorCode::invalid_argument, "the strength of IBCC's hierarchy must be positive");
  const auto suppliers = options.supplier_of_annotator;
  if (!suppliers.empty() && suppliers.size() != evidence.labels.annotator_count())
    return fail(ErrorCode::invalid_argument, std::to_string(suppliers.size()) + " suppliers for " +
                                                 std::to_string(evidence.labels.annotator_count()) +
                                                 " annotators");
  if (std::any_of(suppliers.begin(), suppliers.end(),
                  [&](std::uint32_t supplier) { return supplier >= options.supplier_count; }))
    return fail(ErrorCode::invalid_argument, "an annotator's supplier is not below supplier_count");
  return {};
}

HierarchyOptions hierarchy_options(const IbccOptions& options) {
  return {options.diagonal, options.off_diagonal, options.prior_strength};
}

// The levels above the annotators, and who belongs where.
struct Hierarchy {
  ConfusionHierarchy levels;
  std::span<const std::uint32_t> supplier_of_annotator;

  [[nodiscard]] const ConfusionPrior& of(std::size_t annotator) const {
    return levels.of(supplier_of_annotator.empty() ? kNoSupplier : supplier_of_annotator[annotator]);
  }
};

std::vector<double> class_pseudo_counts(const Evidence& evidence, const Table& votes,
                                        const IbccOptions& options) {
  const std::size_t classes = votes.columns;
  if (options.class_prior == IbccClassPrior::flat)
    return std::vector<double>(classes, options.flat_class_count);
  std::vector<double> counts(classes, 0.0);
  for (std::size_t t = 0; t < votes.rows; ++t)
    if (takes_part(evidence, static_cast<TaskIndex>(t)))
      for (std::size_t k = 0; k < classes; ++k) counts[k] += votes.row(t)[k];
  for (double& count : counts) count = std::max(count, kLeastClassCount);
  return counts;
}

struct Fit {
  LogConfusion model;
  double prior_term = 0;  // what the objective adds to the log-likelihood of the tasks
};

// The log parameters that a Dirichlet belief stands for, and its term in the objective.
double log_parameters(std::span<const double> prior, std::span<const double> posterior, IbccForm form,
                      std::span<double> logs) {
  const double sum = std::accumulate(posterior.begin(), posterior.end(), 0.0);
  if (form == IbccForm::variational) {
    const double at_sum = digamma(sum);
    for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = digamma(posterior[i]) - at_sum;
    return -dirichlet_divergence(posterior, prior);
  }
  double density = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    logs[i] = std::log(posterior[i] / sum);
    density += prior[i] * logs[i];
  }
  return density;
}

double fit_annotator(const Table& counts, const ConfusionPrior& prior, IbccForm form, std::size_t annotator,
                     Table& log_rows) {
  const std::size_t classes = counts.columns;
  std::vector<double> before(classes);
  std::vector<double> after(classes);
  std::vector<double> logs(classes);
  double term = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t label = 0; label < classes; ++label) {
      before[label] = prior.at(k, label);
      after[label] = before[label] + counts.row(annotator * classes + label)[k];
    }
    term += log_parameters(before, after, form, logs);
    for (std::size_t label = 0; label < classes; ++label)
      log_rows.row(annotator * classes + label)[k] = logs[label];
  }
  return term;
}

std::vector<double> plus(std::vector<double> a, std::span<const double> b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

Fit fit_parameters(const ExpectedCounts& counts, std::span<const double> class_count,
                   const Hierarchy& hierarchy, IbccForm form, Run run) {
  Fit fit;
  const std::size_t classes = counts.classes.size();
  const std::size_t annotators = counts.rows.rows / classes;
  fit.model.log_prior.resize(classes);
  const auto class_posterior = plus({class_count.begin(), class_count.end()}, counts.classes);
  fit.prior_term = log_parameters(class_count, class_posterior, form, fit.model.log_prior);
  fit.model.log_rows = Table(counts.rows.rows, classes);
  std::vector<double> terms(annotators, 0.0);
  parallel_blocks(run.pool, annotators, block_count(annotators * classes * classes * 8, 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w)
                      terms[w] = fit_annotator(counts.rows, hierarchy.of(w), form, w, fit.model.log_rows);
                  });
  fit.prior_term += std::accumulate(terms.begin(), terms.end(), 0.0);
  return fit;
}

double largest_change(const Table& a, const Table& b, Run run) {
  const std::size_t blocks = block_count(a.values.size(), 0);
  std::vector<double> largest(blocks, 0.0);
  parallel_blocks(run.pool, a.values.size(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    for (std::size_t i = begin; i < end; ++i)
                      largest[block] = std::max(largest[block], std::abs(a.values[i] - b.values[i]));
                  });
  return *std::max_element(largest.begin(), largest.end());
}

// Coordinate ascent with the priors held fixed: beliefs about annotators and classes, then about tasks.
Result<void> settle(const Evidence& evidence, const IbccOptions& options, std::span<const double> class_count,
                    const Hierarchy& hierarchy, Belief& belief, Table& spare, Run run) {
  belief.objective_trace.clear();
  belief.converged = false;
  for (int step = 0; step < options.max_steps && !belief.converged; ++step) {
    MIZAN_CHECK_OK(check_step(run, "ibcc", step, options.max_steps));
    const Fit fit = fit_parameters(expected_counts(evidence, belief.posterior, run), class_count, hierarchy,
                                   options.form, run);
    const double log_likelihood = fill_posteriors(evidence, fit.model, spare, run);
    belief.objective_trace.push_back(log_likelihood + fit.prior_term);
    std::swap(spare, belief.posterior);
    belief.converged = largest_change(spare, belief.posterior, run) <= options.tolerance;
    ++belief.iterations;
  }
  belief.objective = belief.objective_trace.back();
  return {};
}

// Expected counts from the tasks whose answer does not rest on one or two labels.
Table teaching_counts(const Evidence& evidence, const IbccOptions& options, const Table& posterior,
                      Table& spare, Run run) {
  for (std::size_t t = 0; t < posterior.rows; ++t) {
    const auto task = static_cast<TaskIndex>(t);
    const bool teaches = evidence.gold_of(task) != kNoGold ||
                         evidence.labels.label_count_of_task(task) >= options.prior_min_labels;
    const auto from = posterior.row(t);
    for (std::size_t k = 0; k < from.size(); ++k) spare.row(t)[k] = teaches ? from[k] : 0.0;
  }
  return expected_counts(evidence, spare, run).rows;
}

// Everything that the last posteriors imply.
void finish(const Evidence& evidence, std::span<const double> class_count, const Hierarchy& hierarchy,
            IbccModel& model, Run run) {
  Belief& belief = model.belief;
  const std::size_t classes = class_count.size();
  const ExpectedCounts counts = expected_counts(evidence, belief.posterior, run);
  model.class_pseudo_count = plus({class_count.begin(), class_count.end()}, counts.classes);
  belief.class_prior = class_shares(model.class_pseudo_count, 0);
  model.pseudo_count.resize(counts.rows.values.size());
  belief.confusion.resize(counts.rows.values.size());
  for (std::size_t w = 0; w < evidence.labels.annotator_count(); ++w)
    for (std::size_t k = 0; k < classes; ++k) {
      const auto row = std::span(model.pseudo_count).subspan((w * classes + k) * classes, classes);
      for (std::size_t label = 0; label < classes; ++label)
        row[label] = hierarchy.of(w).at(k, label) + counts.rows.row(w * classes + label)[k];
      const double sum = std::accumulate(row.begin(), row.end(), 0.0);
      for (std::size_t label = 0; label < classes; ++label)
        belief.confusion[(w * classes + k) * classes + label] = row[label] / sum;
    }
  belief.skill = mean_accuracy(belief.confusion, belief.class_prior);
  for (std::size_t t = 0; t < belief.posterior.rows; ++t)
    if (!takes_part(evidence, static_cast<TaskIndex>(t)))
      std::copy(belief.class_prior.begin(), belief.class_prior.end(), belief.posterior.row(t).begin());
  model.everybody = hierarchy.levels.everybody;
  model.suppliers = hierarchy.levels.suppliers;
}

}  // namespace

Result<IbccModel> fit_ibcc(const Evidence& evidence, const IbccOptions& options, Run run) {
  MIZAN_CHECK_OK(check(evidence, options));
  IbccModel model;
  Belief& belief = model.belief;
  belief.posterior = vote_shares(evidence, run);
  const std::vector<double> class_count = class_pseudo_counts(evidence, belief.posterior, options);
  Hierarchy hierarchy{flat_hierarchy(class_count.size(), options.supplier_count, hierarchy_options(options)),
                      options.supplier_of_annotator};
  Table spare(belief.posterior.rows, belief.posterior.columns);
  MIZAN_CHECK_OK(settle(evidence, options, class_count, hierarchy, belief, spare, run));
  for (int round = 0; round < options.prior_rounds; ++round) {
    hierarchy.levels =
        learn_hierarchy(teaching_counts(evidence, options, belief.posterior, spare, run),
                        options.supplier_of_annotator, options.supplier_count, hierarchy_options(options));
    MIZAN_CHECK_OK(settle(evidence, options, class_count, hierarchy, belief, spare, run));
  }
  finish(evidence, class_count, hierarchy, model, run);
  return model;
}

Result<Belief> ibcc(const Evidence& evidence, const IbccOptions& options, Run run) {
  MIZAN_TRY(IbccModel model, fit_ibcc(evidence, options, run));
  return std::move(model.belief);
}

NewAnnotator new_annotator(const IbccModel& model, std::optional<std::uint32_t> supplier) {
  const bool is_known = supplier && *supplier < model.suppliers.size();
  const ConfusionPrior& prior = is_known ? model.suppliers[*supplier] : model.everybody;
  const std::size_t classes = model.class_pseudo_count.size();
  NewAnnotator fresh{0, 0, std::vector<double>(classes * classes)};
  double variance = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t label = 0; label < classes; ++label)
      fresh.pseudo_count[k * classes + label] = prior.at(k, label);
    const double share = model.belief.class_prior[k];
    const double mean = prior.diagonal[k] / prior.row_sum(k);
    fresh.accuracy += share * mean;
    variance += share * share * mean * (1 - mean) / (prior.row_sum(k) + 1);
  }
  fresh.deviation = std::sqrt(variance);
  return fresh;
}

}  // namespace mizan::truth
