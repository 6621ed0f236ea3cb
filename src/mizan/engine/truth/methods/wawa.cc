#include "mizan/engine/truth/methods/wawa.h"

#include "mizan/engine/truth/methods/weighted_shares.h"

namespace mizan::truth {

Result<Belief> wawa(const Evidence& evidence, const WawaOptions& /*options*/, Run run) {
  Belief belief;
  belief.skill = agreement_with(evidence, best_classes(vote_shares(evidence, run), run), run);
  belief.posterior = weighted_shares(evidence, belief.skill, run);
  belief.class_prior = mean_posterior(evidence, belief.posterior, run);
  return belief;
}

}  // namespace mizan::truth
