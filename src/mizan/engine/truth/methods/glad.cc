#include "mizan/engine/truth/methods/glad.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// log sigmoid(x) without overflow.
double log_sigmoid(double x) {
  return x >= 0 ? -std::log1p(std::exp(-x)) : x - std::log1p(std::exp(x));
}

// Twice the curvature of Jaakkola & Jordan's bound of log sigmoid at x: tanh(x/2) / (2x).
double bound_curvature(double x) {
  return std::abs(x) < 1e-4 ? 0.25 - x * x / 48 : std::tanh(x / 2) / (2 * x);
}

struct State {
  const Evidence& evidence;
  const GladOptions& options;
  const LabelsByAnnotator by_annotator;
  std::vector<double> ability;       // [W]
  std::vector<double> log_easiness;  // [I]
  Table posterior;                   // [I,K]
};

std::size_t blocks_of(const State& state) {
  return block_count(state.evidence.labels.label_count() * 4, 0);
}

// E. The posterior of one task; returns the log-likelihood of its labels.
double fill_task(const State& state, TaskIndex task, std::span<double> row) {
  const auto others = static_cast<double>(row.size() - 1);
  const double easiness = std::exp(state.log_easiness[task]);
  std::fill(row.begin(), row.end(), -std::log(static_cast<double>(row.size())));
  state.evidence.labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const double log_odds = state.ability[annotator] * easiness;
    const double log_wrong = log_sigmoid(-log_odds) - std::log(others);
    const double log_right = log_sigmoid(log_odds);
    for (std::size_t k = 0; k < row.size(); ++k) row[k] += k == label ? log_right : log_wrong;
  });
  const std::int32_t gold = state.evidence.gold_of(task);
  if (gold == kNoGold) return normalise_logs(row);
  const double log_joint = row[static_cast<std::size_t>(gold)];
  std::fill(row.begin(), row.end(), 0.0);
  row[static_cast<std::size_t>(gold)] = 1;
  return log_joint;
}

double fill_posteriors(State& state, Run run) {
  const std::size_t blocks = blocks_of(state);
  std::vector<double> partial(blocks, 0.0);
  parallel_blocks(run.pool, state.posterior.rows, blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto task = static_cast<TaskIndex>(t);
                      const double log_likelihood = fill_task(state, task, state.posterior.row(t));
                      if (takes_part(state.evidence, task)) partial[block] += log_likelihood;
                    }
                  });
  return std::accumulate(partial.begin(), partial.end(), 0.0);
}

// M1. The ability that maximises the bound: a parabola whose top has a closed form.
double best_ability(const State& state, std::size_t annotator) {
  const LabelsByAnnotator& index = state.by_annotator;
  double pull = state.options.ability_mean;
  double curvature = 1;
  for (std::size_t i = index.offsets[annotator]; i < index.offsets[annotator + 1]; ++i) {
    const double easiness = std::exp(state.log_easiness[index.task[i]]);
    const double right = state.posterior.row(index.task[i])[index.label[i]];
    pull += (right - 0.5) * easiness;
    curvature += bound_curvature(state.ability[annotator] * easiness) * easiness * easiness;
  }
  return pull / curvature;
}

// The u that maximises pull*exp(u) - curvature/2*exp(2u) - (u - mean)^2/2, found by Newton from `start` and
// never lower than there.
double best_log_easiness(double pull, double curvature, double mean, double start) {
  const auto height = [&](double u) {
    const double e = std::exp(u);
    return pull * e - curvature / 2 * e * e - (u - mean) * (u - mean) / 2;
  };
  double u = start;
  for (int step = 0; step < 20; ++step) {
    const double e = std::exp(u);
    const double slope = pull * e - curvature * e * e - (u - mean);
    const double bend = pull * e - 2 * curvature * e * e - 1;
    double move = std::clamp(bend < 0 ? -slope / bend : slope, -1.0, 1.0);
    while (std::abs(move) > 1e-9 && height(u + move) < height(u)) move /= 2;
    if (std::abs(move) <= 1e-9) break;
    u += move;
  }
  return u;
}

// M2. The easiness of a task, from the same bound.
double best_easiness(const State& state, TaskIndex task) {
  const double easiness = std::exp(state.log_easiness[task]);
  const auto posterior = state.posterior.row(task);
  double pull = 0;
  double curvature = 0;
  state.evidence.labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const double ability = state.ability[annotator];
    pull += (posterior[label] - 0.5) * ability;
    curvature += bound_curvature(ability * easiness) * ability * ability;
  });
  return best_log_easiness(pull, curvature, state.options.log_easiness_mean, state.log_easiness[task]);
}

void fit_parameters(State& state, Run run) {
  const std::size_t blocks = blocks_of(state);
  parallel_blocks(run.pool, state.ability.size(), blocks,
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w) state.ability[w] = best_ability(state, w);
                  });
  parallel_blocks(run.pool, state.log_easiness.size(), blocks,
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t)
                      state.log_easiness[t] = best_easiness(state, static_cast<TaskIndex>(t));
                  });
}

double log_density(const State& state) {
  double density = 0;
  for (const double ability : state.ability)
    density -= (ability - state.options.ability_mean) * (ability - state.options.ability_mean) / 2;
  for (const double value : state.log_easiness)
    density -= (value - state.options.log_easiness_mean) * (value - state.options.log_easiness_mean) / 2;
  return density;
}

}  // namespace

double glad_right(double ability, double log_easiness) {
  return std::exp(log_sigmoid(ability * std::exp(log_easiness)));
}

Result<GladModel> fit_glad(const Evidence& evidence, const GladOptions& options, Run run) {
  if (options.max_steps < 1) return fail(ErrorCode::invalid_argument, "GLAD needs at least one step");
  const LabelMatrix& labels = evidence.labels;
  const std::size_t classes = labels.class_count();
  State state{evidence,
              options,
              by_annotator(labels),
              std::vector<double>(labels.annotator_count(), options.ability_mean),
              std::vector<double>(labels.task_count(), options.log_easiness_mean),
              Table(labels.task_count(), classes)};
  GladModel model;
  Belief& belief = model.belief;
  belief.converged = false;
  double objective = fill_posteriors(state, run) + log_density(state);
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "glad", belief.iterations, options.max_steps));
    fit_parameters(state, run);
    const double before = objective;
    objective = fill_posteriors(state, run) + log_density(state);
    belief.objective_trace.push_back(objective);
    belief.converged = has_settled(before, objective, options.tolerance);
    ++belief.iterations;
  }
  belief.objective = objective;
  belief.class_prior.assign(classes, 1.0 / static_cast<double>(classes));
  belief.skill = std::move(state.ability);
  belief.posterior = std::move(state.posterior);
  model.log_easiness = std::move(state.log_easiness);
  return model;
}

Result<Belief> glad(const Evidence& evidence, const GladOptions& options, Run run) {
  MIZAN_TRY(GladModel model, fit_glad(evidence, options, run));
  return std::move(model.belief);
}

}  // namespace mizan::truth
