#include "mizan/engine/truth/methods/ebcc.h"

#include <algorithm>
#include <string>
#include <utility>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/ebcc_restart.h"

namespace mizan::truth {
namespace {

using ebcc_internal::Problem;
using ebcc_internal::Restart;

Result<void> check(const LabelMatrix& labels, const EbccOptions& options) {
  if (options.subtypes < 1 || options.restarts < 1 || options.max_steps < 1)
    return fail(ErrorCode::invalid_argument, "EBCC needs at least one subtype, one restart and one step");
  if (!(options.subtype_count > 0) || !(options.diagonal > 0) || !(options.off_diagonal > 0))
    return fail(ErrorCode::invalid_argument, "the pseudo-counts of EBCC must be positive");
  if (const double bytes = ebcc_cost(labels, options).bytes; bytes > options.most_bytes)
    return fail(ErrorCode::cannot_be_known,
                "EBCC would take " + std::to_string(bytes / 1e9) + " GB for these labels", {},
                "leave it out, or give it fewer subtypes");
  return {};
}

void average_into(Belief& best, const std::vector<Belief>& restarts) {
  const double share = 1 / static_cast<double>(restarts.size());
  const auto average = [&](std::vector<double>& into, auto&& values_of) {
    std::fill(into.begin(), into.end(), 0.0);
    for (const Belief& restart : restarts)
      for (std::size_t i = 0; i < into.size(); ++i) into[i] += share * values_of(restart)[i];
  };
  average(
      best.posterior.values, [](const Belief& b) -> const auto& { return b.posterior.values; });
  average(
      best.class_prior, [](const Belief& b) -> const auto& { return b.class_prior; });
  average(
      best.confusion, [](const Belief& b) -> const auto& { return b.confusion; });
  for (const Belief& restart : restarts) best.converged = best.converged && restart.converged;
}

std::vector<Result<Belief>> run_restarts(const Problem& problem, Run run) {
  const Rng rng(problem.options.seed);
  std::vector<Result<Belief>> done(problem.options.restarts);
  const auto one = [&](std::size_t index) -> Result<Belief> {
    Restart restart(problem, rng.split(index));
    MIZAN_CHECK_OK(restart.settle(run));
    return restart.belief();
  };
  // Whole restarts side by side keep the threads busiest; only large problems go one after another, to hold
  // one in memory at a time, each in parallel within.
  if (problem.votes.rows * problem.cells() < (1U << 22)) {
    run.pool.run(done.size(), [&](std::size_t index) { done[index] = one(index); });
  } else {
    for (std::size_t index = 0; index < done.size(); ++index) done[index] = one(index);
  }
  return done;
}

}  // namespace

EbccCost ebcc_cost(const LabelMatrix& labels, const EbccOptions& options) {
  const auto classes = static_cast<double>(labels.class_count());
  const double cells = classes * static_cast<double>(options.subtypes);
  const auto tasks = static_cast<double>(labels.task_count());
  const double rows = static_cast<double>(labels.annotator_count()) * classes;
  constexpr double kPerLogarithm = 30;  // a digamma or an exponential beside a multiplication
  const double step =
      cells * (2 * static_cast<double>(labels.label_count()) + kPerLogarithm * (tasks + 2 * rows));
  const double held = tasks * cells < (1U << 22) ? static_cast<double>(options.restarts) : 1;
  return {step * static_cast<double>(options.restarts), held * 8 * cells * (tasks + rows)};
}

Result<Belief> ebcc(const Evidence& evidence, const EbccOptions& options, Run run) {
  MIZAN_CHECK_OK(check(evidence.labels, options));
  const Problem problem = ebcc_internal::prepare(evidence, options, run);
  MIZAN_CHECK_OK(check_step(run, "ebcc", 0, 1));
  std::vector<Belief> restarts;
  for (auto& done : run_restarts(problem, run)) {
    MIZAN_TRY(Belief one, std::move(done));
    restarts.push_back(std::move(one));
  }
  Belief belief = *std::max_element(restarts.begin(), restarts.end(), [](const Belief& a, const Belief& b) {
    return a.objective < b.objective;
  });
  if (options.combine == EbccCombine::mean) average_into(belief, restarts);
  clamp_gold(evidence, belief.posterior);  // sums of shares end a rounding error away from 1
  belief.skill = mean_accuracy(belief.confusion, belief.class_prior);
  for (std::size_t t = 0; t < belief.posterior.rows; ++t)
    if (!takes_part(evidence, static_cast<TaskIndex>(t)))
      std::copy(belief.class_prior.begin(), belief.class_prior.end(), belief.posterior.row(t).begin());
  return belief;
}

}  // namespace mizan::truth
