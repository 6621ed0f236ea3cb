// Blend: the default. No single method leads on all data, so the posteriors of a few unlike ones are
// averaged, then calibrated. With gold, the weights, the temperature and the lean of the classes are fitted
// on it.
//
// Unlike means: full confusion matrices stopped early (Dawid–Skene), per-class accuracy with a learned prior
// (class-coin), knowing or not looking (MACE), precision on real-valued answers (BWA), hidden subtypes that
// let annotators err together (EBCC), and what was simply said (majority). Pure; thread-safe; the same
// result for any number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/engine/truth/blend/calibration.h"
#include "mizan/engine/truth/blend/note.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct BlendOptions {
  std::vector<std::string> methods{};  ///< empty = the default ones that the size allows
  bool is_strong = false;              ///< more methods and more random starts, whatever they cost
  double work = 1;               ///< how much may be spent on the dear methods, as a multiple of the default
  double vote_pseudo_count = 1;  ///< labels spread over the classes that smooth the votes of majority
  double temperature = 1.05;     ///< default, where gold does not say better (bench/results/accuracy.md)
  std::size_t folds = 5;         ///< gold is hidden a fold at a time when its tasks are judged; 2
                                 ///< for more than a million labels times classes
  std::size_t least_gold = 20;   ///< fewer gold tasks leave weights and scaling at the default
  double weight_prior = 20;      ///< gold tasks that the default weights are worth
  ScalingOptions scaling{.moves_classes = true};  ///< with gold; its temperature is set to the one above
  std::uint64_t seed = 1;                         ///< of folds and random starts
  double most_part_bytes = 2e9;                   ///< the parts' posteriors are kept only if they fit
};

enum class CalibratedOn : std::uint8_t { defaults, gold };

/// One method of a blend.
struct BlendPart {
  std::string method;
  double weight;    ///< the parts' weights sum to 1
  Table posterior;  ///< [I,K] as it was averaged (gold clamped); empty if it was not kept
  int iterations;
  bool converged;  ///< true also for a method that stops early on purpose
};

struct Blend {
  /// The calibrated posterior, gold clamped. `class_prior` is the mean posterior; `skill` the expected share
  /// of an annotator's labels that are right (no posterior of an annotator's own: see engine/supplier for
  /// intervals); no confusion, no objective. `iterations` is the most of any part.
  Belief belief;
  std::vector<BlendPart> parts;
  Scaling scaling;
  CalibratedOn calibrated_on = CalibratedOn::defaults;
  std::vector<Note> reasons;  ///< codes reason.*: why these methods, weights and temperature
  /// [I] how far the parts are apart: the weighted mean of their total-variation distance from the blend, 0
  /// (all equal) … below 1. Empty if the parts were not kept.
  std::vector<double> disagreement;
  /// The labelled gold tasks, each with the belief held when its own gold was hidden from everything
  /// (methods, weights, scaling): what honest tests and PPI++ need. Empty with fewer than kLeastJudged of
  /// them.
  std::vector<TaskIndex> gold_tasks;
  Table hidden_gold_posterior;             ///< [G,K]
  std::optional<Calibration> calibration;  ///< of those rows

  static constexpr std::size_t kLeastJudged = 5;
};

/// @in     evidence  labels, and gold where there is gold
/// @errors invalid_argument: a method the blend does not know, folds < 2; whatever a part refuses; cancelled
/// @cost   the sum of the parts (times 1 + folds with gold). Up to about 10^5 labels all six run; beyond that
///         EBCC stays out, and steps of the others shrink so that time stays in proportion to the labels; the
///         reasons say so
/// @source linear opinion pool; weights by EM of a mixture with a Dirichlet prior at the default (Jordan &
///         Jacobs 1994), scaling by Guo et al. 2017 (vector scaling with a ridge), cross-fitted on folds
[[nodiscard]] Result<Blend> blend(const Evidence& evidence, const BlendOptions& options, Run run);

}  // namespace mizan::truth
