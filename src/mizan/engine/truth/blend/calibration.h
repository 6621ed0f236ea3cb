// Is a posterior of .9 right nine times in ten? Measuring that against known answers, and bending posteriors
// by a temperature until it is so. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// The tasks whose confidence (highest posterior) lies in [low, high).
struct CalibrationBin {
  double low = 0;
  double high = 0;
  std::size_t task_count = 0;
  double mean_confidence = 0;
  double accuracy = 0;      ///< 0 in an empty bin
  double accuracy_low = 0;  ///< 95 % Clopper-Pearson; [0,1] in an empty bin
  double accuracy_high = 1;
};

struct Calibration {
  std::size_t task_count = 0;
  double accuracy = 0;
  double accuracy_low = 0;  ///< 95 % Clopper-Pearson
  double accuracy_high = 1;
  double macro_f1 = 0;  ///< mean over the classes that are right or chosen at least once
  double mean_confidence = 0;
  double ece = 0;       ///< expected calibration error: mean over tasks of |confidence - accuracy| of the bin
  double log_loss = 0;  ///< mean of -log max(posterior of the right answer, kLeastProbability)
  std::vector<CalibrationBin> bins;

  static constexpr double kLeastProbability = 1e-3;
};

/// Measures posteriors on the tasks whose answer is known.
/// @in     truth [I] class or kNoGold; a task that was clamped to its own gold says nothing: hide it first
/// @cost   O(I*K)
[[nodiscard]] Calibration measure_calibration(const Table& posterior, std::span<const std::int32_t> truth,
                                              std::size_t bin_count = 10);

/// Two-sided Clopper-Pearson interval of a share.
struct ShareInterval {
  double low;
  double high;
};
[[nodiscard]] ShareInterval exact_share_interval(std::size_t successes, std::size_t trials,
                                                 double confidence = 0.95);

/// How posteriors are bent: row p becomes p_k^(1/temperature) * exp(class_offset_k), normalised. A
/// temperature above 1 is softer, below 1 sharper; offsets move belief between classes.
struct Scaling {
  double temperature = 1;
  std::vector<double> class_offset{};  ///< [K] or empty = none
};

/// Bends every row. Probabilities 0 and 1 stay as they are.
void scale(Table& posterior, const Scaling& scaling, Run run);

struct ScalingOptions {
  double temperature = 1;          ///< what to say without evidence
  double temperature_weight = 10;  ///< ridge on the squared log distance from it: about so many tasks
  bool moves_classes = false;      ///< fit class offsets too
  double class_weight = 10;        ///< ridge on the squared offsets: about so many tasks a class
};

/// The scaling that gives the known answers the highest likelihood, less the ridges (a concave problem in the
/// power and the offsets but for the log of the power; Newton with halving). Probabilities below
/// kLeastProbability count as that.
/// @in     posterior [G,K]; answer [G] the right class of each row
/// @cost   O(steps * G * K^2) with offsets, O(steps * G * K) without
[[nodiscard]] Scaling fit_scaling(const Table& posterior, std::span<const ClassIndex> answer,
                                  const ScalingOptions& options);

}  // namespace mizan::truth
