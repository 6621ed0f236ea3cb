#include "mizan/engine/truth/methods/zero_based_skill.h"

#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/methods/weighted_shares.h"

namespace mizan::truth {
namespace {

constexpr double kAboveChance = 1e-5;  // first weight = chance + this

// Moves the weights; says whether any of them moved.
bool move_towards(std::vector<double>& skill, const std::vector<double>& agreement, double rate) {
  bool moved = false;
  for (std::size_t w = 0; w < skill.size(); ++w) {
    const double next = skill[w] + rate * (agreement[w] - skill[w]);
    moved |= next != skill[w];
    skill[w] = next;
  }
  return moved;
}

}  // namespace

Result<Belief> zero_based_skill(const Evidence& evidence, const ZeroBasedSkillOptions& options, Run run) {
  if (options.steps < 1 || options.steps_per_reduction < 1)
    return fail(ErrorCode::invalid_argument, "zero-based skill needs at least one step");
  if (!(options.learning_rate > 0 && options.learning_rate <= 1))
    return fail(ErrorCode::invalid_argument, "the learning rate must be above 0 and at most 1");
  const LabelMatrix& labels = evidence.labels;
  Belief belief;
  belief.skill.assign(labels.annotator_count(),
                      1.0 / static_cast<double>(labels.class_count()) + kAboveChance);
  belief.posterior = weighted_shares(evidence, belief.skill, run);
  double rate = options.learning_rate;
  bool moved = true;
  for (int step = 1; step <= options.steps && moved; ++step) {
    MIZAN_CHECK_OK(check_step(run, "zero_based_skill", step - 1, options.steps));
    if (step % options.steps_per_reduction == 0) rate *= options.reduction;
    moved =
        move_towards(belief.skill, agreement_with(evidence, best_classes(belief.posterior, run), run), rate);
    belief.posterior = weighted_shares(evidence, belief.skill, run);
    belief.iterations = step;
  }
  belief.converged = !moved;
  belief.class_prior = mean_posterior(evidence, belief.posterior, run);
  return belief;
}

}  // namespace mizan::truth
