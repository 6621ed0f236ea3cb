#include "mizan/engine/truth/blend/blend.h"

#include <algorithm>
#include <cmath>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/blend/blend_parts.h"
#include "mizan/engine/truth/blend/stacking.h"
#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/weighted_shares.h"

namespace mizan::truth {
namespace {

// What is learned from gold: a weight for each part, and a scaling of their mean.
struct Recipe {
  std::vector<double> weight;
  Scaling scaling;
};

// The labelled gold tasks, each part's belief about them while they were hidden, and their folds.
struct HiddenGold {
  std::vector<TaskIndex> tasks;
  std::vector<ClassIndex> answer;  // [G]
  std::vector<std::size_t> fold;   // [G]
  std::vector<Table> parts;        // [M] of [G,K]
};

// Large inputs are cut into fewer folds: each fold runs every method once more.
std::size_t fold_count(const LabelMatrix& labels, const BlendOptions& options) {
  constexpr std::size_t kLarge = 1'000'000;
  return labels.label_count() * labels.class_count() > kLarge ? 2 : options.folds;
}

HiddenGold labelled_gold(const Evidence& evidence, const BlendOptions& options) {
  HiddenGold hidden;
  for (TaskIndex t = 0; t < evidence.gold.size(); ++t) {
    if (evidence.gold[t] == kNoGold || evidence.labels.label_count_of_task(t) == 0) continue;
    hidden.tasks.push_back(t);
    hidden.answer.push_back(static_cast<ClassIndex>(evidence.gold[t]));
  }
  for (std::size_t g = 0; g < hidden.tasks.size(); ++g) hidden.fold.push_back(g % options.folds);
  Rng(options.seed).shuffle(hidden.fold);
  return hidden;
}

// Every part, once per fold, with the gold of that fold hidden.
Result<void> judge_parts(const Evidence& evidence, const BlendPlan& plan, const BlendOptions& options,
                         Run run, HiddenGold& hidden) {
  const std::size_t classes = evidence.labels.class_count();
  hidden.parts.assign(plan.parts.size(), Table(hidden.tasks.size(), classes));
  for (std::size_t fold = 0; fold < options.folds; ++fold) {
    std::vector<std::int32_t> shown(evidence.gold.begin(), evidence.gold.end());
    for (std::size_t g = 0; g < hidden.tasks.size(); ++g)
      if (hidden.fold[g] == fold) shown[hidden.tasks[g]] = kNoGold;
    for (std::size_t m = 0; m < plan.parts.size(); ++m) {
      MIZAN_TRY(const Belief belief, run_part(plan.parts[m], {evidence.labels, shown}, options, run));
      for (std::size_t g = 0; g < hidden.tasks.size(); ++g) {
        if (hidden.fold[g] != fold) continue;
        const auto row = belief.posterior.row(hidden.tasks[g]);
        std::copy(row.begin(), row.end(), hidden.parts[m].row(g).begin());
      }
    }
  }
  return {};
}

Recipe default_recipe(std::size_t parts, const BlendOptions& options) {
  return {std::vector<double>(parts, 1.0 / static_cast<double>(parts)), {options.temperature, {}}};
}

// The rows of the tables that `is_in` takes, stacked.
template <class IsIn>
HiddenGold select(const HiddenGold& hidden, const IsIn& is_in) {
  HiddenGold chosen;
  for (std::size_t g = 0; g < hidden.tasks.size(); ++g) {
    if (!is_in(g)) continue;
    chosen.tasks.push_back(hidden.tasks[g]);
    chosen.answer.push_back(hidden.answer[g]);
  }
  for (const Table& part : hidden.parts) {
    Table& rows = chosen.parts.emplace_back(chosen.tasks.size(), part.columns);
    std::size_t place = 0;
    for (std::size_t g = 0; g < hidden.tasks.size(); ++g)
      if (is_in(g)) std::copy(part.row(g).begin(), part.row(g).end(), rows.row(place++).begin());
  }
  return chosen;
}

Table mixed(const std::vector<Table>& parts, const std::vector<double>& weight, Run run) {
  std::vector<const Table*> pointers;
  for (const Table& part : parts) pointers.push_back(&part);
  return mixture(pointers, weight, run);
}

Recipe learn_recipe(const HiddenGold& gold, const BlendOptions& options, Run run) {
  Recipe recipe = default_recipe(gold.parts.size(), options);
  if (gold.tasks.size() < options.least_gold) return recipe;
  Table likelihood(gold.tasks.size(), gold.parts.size());
  for (std::size_t g = 0; g < gold.tasks.size(); ++g)
    for (std::size_t m = 0; m < gold.parts.size(); ++m)
      likelihood.row(g)[m] = gold.parts[m].row(g)[gold.answer[g]];
  recipe.weight = mixture_weights(likelihood, recipe.weight, options.weight_prior);
  constexpr std::size_t kMostClasses = 64;  // the Newton step costs K^2 a row and K^3 once
  ScalingOptions scaling = options.scaling;
  scaling.temperature = options.temperature;
  scaling.moves_classes = scaling.moves_classes && gold.parts.front().columns <= kMostClasses;
  recipe.scaling = fit_scaling(mixed(gold.parts, recipe.weight, run), gold.answer, scaling);
  return recipe;
}

// Each gold task by a recipe learned on the other folds.
Table judge_blend(const HiddenGold& hidden, const BlendOptions& options, Run run) {
  Table posterior(hidden.tasks.size(), hidden.parts.front().columns);
  for (std::size_t fold = 0; fold < options.folds; ++fold) {
    const auto is_in_fold = [&](std::size_t g) { return hidden.fold[g] == fold; };
    const Recipe recipe =
        learn_recipe(select(hidden, [&](std::size_t g) { return !is_in_fold(g); }), options, run);
    const HiddenGold judged = select(hidden, is_in_fold);
    if (judged.tasks.empty()) continue;
    Table rows = mixed(judged.parts, recipe.weight, run);
    scale(rows, recipe.scaling, run);
    std::size_t place = 0;
    for (std::size_t g = 0; g < hidden.tasks.size(); ++g)
      if (is_in_fold(g)) std::copy_n(rows.row(place++).begin(), rows.columns, posterior.row(g).begin());
  }
  return posterior;
}

void measure_disagreement(const Table& mean, Run run, Blend& blend) {
  blend.disagreement.assign(mean.rows, 0.0);
  parallel_blocks(run.pool, mean.rows, block_count(mean.values.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (const BlendPart& part : blend.parts)
                      for (std::size_t t = begin; t < end; ++t) {
                        double distance = 0;
                        for (std::size_t k = 0; k < mean.columns; ++k)
                          distance += std::abs(part.posterior.row(t)[k] - mean.row(t)[k]);
                        blend.disagreement[t] += part.weight * distance / 2;
                      }
                  });
}

// [W] the mean posterior of an annotator's own labels.
std::vector<double> expected_accuracy(const LabelMatrix& labels, const Table& posterior, Run run) {
  const std::size_t annotators = labels.annotator_count();
  const std::size_t blocks = block_count(labels.label_count(), 2 * annotators);
  std::vector<Table> partial(blocks);
  parallel_blocks(run.pool, labels.task_count(), blocks,
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    Table& sums = partial[block];
                    sums = Table(annotators, 2);
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto row = posterior.row(t);
                      labels.visit_task(static_cast<TaskIndex>(t), [&](AnnotatorIndex w, ClassIndex label) {
                        sums.row(w)[0] += row[label];
                        sums.row(w)[1] += 1;
                      });
                    }
                  });
  std::vector<double> accuracy(annotators, 0.0);
  for (std::size_t w = 0; w < annotators; ++w) {
    double right = 0;
    double all = 0;
    for (const Table& sums : partial) {
      right += sums.row(w)[0];
      all += sums.row(w)[1];
    }
    if (all > 0) accuracy[w] = right / all;
  }
  return accuracy;
}

void give_reasons(const Evidence& evidence, const HiddenGold& hidden, const BlendPlan& plan,
                  const BlendOptions& options, Blend& blend) {
  const auto gold_count = static_cast<double>(hidden.tasks.size());
  if (options.is_strong) blend.reasons.push_back({"strong"});
  const bool is_fitted = blend.calibrated_on == CalibratedOn::gold;
  blend.reasons.push_back({"default_blend"});
  if (is_fitted) {
    blend.reasons.push_back({"gold_weights", {{"gold_task_count", gold_count}}});
    blend.reasons.push_back({"gold_temperature", {{"temperature", blend.scaling.temperature}}});
  } else {
    blend.reasons.push_back({"no_gold_weights"});
    blend.reasons.push_back({"default_temperature", {{"temperature", blend.scaling.temperature}}});
  }
  if (!hidden.tasks.empty()) blend.reasons.push_back({"gold_clamped", {{"gold_task_count", gold_count}}});
  const LabelMatrix& labels = evidence.labels;
  const auto tasks = static_cast<TaskIndex>(labels.task_count());
  bool is_single = labels.label_count() > 0;
  for (TaskIndex t = 0; t < tasks && is_single; ++t) is_single = labels.label_count_of_task(t) <= 1;
  if (is_single) blend.reasons.push_back({"one_label_majority"});
  blend.reasons.insert(blend.reasons.end(), plan.reasons.begin(), plan.reasons.end());
}

// Runs the parts on all evidence and adds their beliefs up; keeps them if there is room.
Result<Table> run_parts(const Evidence& evidence, const BlendPlan& plan, const Recipe& recipe,
                        const BlendOptions& options, Run run, Blend& blend) {
  Table sum(evidence.labels.task_count(), evidence.labels.class_count());
  const double bytes = 8.0 * static_cast<double>(plan.parts.size() * sum.values.size());
  const bool keeps = bytes <= options.most_part_bytes;
  blend.belief.converged = true;
  for (std::size_t m = 0; m < plan.parts.size(); ++m) {
    MIZAN_TRY(Belief belief, run_part(plan.parts[m], evidence, options, run));
    const Table* const pair[] = {&sum, &belief.posterior};
    const double weights[] = {1, recipe.weight[m]};
    sum = mixture(pair, weights, run);
    blend.belief.iterations = std::max(blend.belief.iterations, belief.iterations);
    blend.belief.converged = blend.belief.converged && belief.converged;
    blend.parts.push_back({plan.parts[m].method, recipe.weight[m],
                           keeps ? std::move(belief.posterior) : Table{}, belief.iterations,
                           belief.converged});
  }
  if (keeps) measure_disagreement(sum, run, blend);
  return sum;
}

// Cross-fits on gold, if there is enough to judge anything by.
Result<Recipe> learn_from_gold(const Evidence& evidence, const BlendPlan& plan, const BlendOptions& options,
                               Run run, HiddenGold& hidden, Blend& blend) {
  if (hidden.tasks.size() < Blend::kLeastJudged) return default_recipe(plan.parts.size(), options);
  MIZAN_CHECK_OK(judge_parts(evidence, plan, options, run, hidden));
  blend.gold_tasks = hidden.tasks;
  blend.hidden_gold_posterior = judge_blend(hidden, options, run);
  const std::vector<std::int32_t> answers(hidden.answer.begin(), hidden.answer.end());
  blend.calibration = measure_calibration(blend.hidden_gold_posterior, answers);
  if (hidden.tasks.size() >= options.least_gold) blend.calibrated_on = CalibratedOn::gold;
  return learn_recipe(hidden, options, run);
}

}  // namespace

Result<Blend> blend(const Evidence& evidence, const BlendOptions& asked, Run run) {
  BlendOptions options = asked;
  options.folds = std::min(asked.folds, fold_count(evidence.labels, asked));
  if (options.folds < 2) return fail(ErrorCode::invalid_argument, "a blend needs at least two folds of gold");
  if (!(options.temperature > 0) || options.weight_prior <= 0 || options.vote_pseudo_count < 0)
    return fail(ErrorCode::invalid_argument, "a temperature or prior of the blend is not positive");
  HiddenGold hidden = labelled_gold(evidence, options);
  const bool is_judged = hidden.tasks.size() >= Blend::kLeastJudged;
  const BlendPlan plan = plan_blend(evidence.labels, options, is_judged ? options.folds + 1 : 1);
  Blend result;
  MIZAN_TRY(const Recipe recipe, learn_from_gold(evidence, plan, options, run, hidden, result));
  result.scaling = recipe.scaling;
  MIZAN_TRY(result.belief.posterior, run_parts(evidence, plan, recipe, options, run, result));
  scale(result.belief.posterior, recipe.scaling, run);
  clamp_gold(evidence, result.belief.posterior);
  result.belief.class_prior = mean_posterior(evidence, result.belief.posterior, run);
  fill_unlabelled(evidence, result.belief.class_prior, result.belief.posterior);
  result.belief.skill = expected_accuracy(evidence.labels, result.belief.posterior, run);
  give_reasons(evidence, hidden, plan, options, result);
  return result;
}

}  // namespace mizan::truth
