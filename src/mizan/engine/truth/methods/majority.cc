#include "mizan/engine/truth/methods/majority.h"

#include "mizan/engine/truth/methods/weighted_shares.h"

namespace mizan::truth {

Result<Belief> majority(const Evidence& evidence, const MajorityOptions& /*options*/, Run run) {
  Belief belief;
  belief.posterior = vote_shares(evidence, run);
  belief.class_prior = mean_posterior(evidence, belief.posterior, run);
  fill_unlabelled(evidence, belief.class_prior, belief.posterior);
  belief.skill = agreement_with(evidence, best_classes(belief.posterior, run), run);
  return belief;
}

}  // namespace mizan::truth
