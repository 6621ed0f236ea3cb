// Runs several chains of skill_sampler.h over the labels and sums up what the estimands and the annotators'
// numbers of right labels are in each draw of the truth.
//
// Two things the sampler's model denies are put in here:
// * Labels of a task err together. How much they do shows in part as excess agreement; public sets with truth
//   say how much more of it to expect than shows (kHiddenPart in truth_draws.cc). Each draw gets a
//   correlation of its own from what is then believed of it; gold answers, where there are any, say which are
//   likely.
// * A gold answer must not vouch for itself. Where there is enough gold, half of the chains know one half of
// it
//   and half the other; what a chain expects of a gold task that it does not know is `hidden`.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/supplier/estimand.h"
#include "mizan/engine/supplier/skill_sampler.h"

namespace mizan::supplier {

struct DrawOptions {
  std::uint64_t seed = 1;
  /// How many times a label may be looked at by one chain: bounds the time. Few labels get many draws.
  std::size_t visits_per_chain = 4'000'000;
};

/// For each annotator, over all draws.
struct RightLabels {
  double draws = 0;
  std::vector<double> mean{};            ///< [W] expected number of right labels
  std::vector<double> truth_variance{};  ///< [W] its variance, were everybody's ability known
  std::vector<double> model_variance{};  ///< [W] its variance between draws of abilities and of correlation
};

struct TruthDraws {
  std::size_t draw_count = 0;
  std::vector<EstimandSums> estimands{};
  RightLabels annotators{};
  truth::Table posterior{};  ///< [I,K] mean over the draws; gold clamped
  ExcessAgreement excess{};
  double mean_correlation = 0;  ///< of those the draws used
};

/// @in gold [I] or empty; start [I,K] posterior at which the chains begin
/// @cost chains · visits_per_chain label visits, chains in parallel
[[nodiscard]] TruthDraws draw_truths(const SampledLabels& labels, std::span<const Estimand> estimands,
                                     const truth::Table& start, std::span<const std::int32_t> gold,
                                     const DrawOptions& options, ThreadPool& pool);

}  // namespace mizan::supplier
