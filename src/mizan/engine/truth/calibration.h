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

/// Every row p becomes p^(1/temperature), normalised: above 1 softer, below 1 sharper; 0 and 1 stay.
void temper(Table& posterior, double temperature, Run run);

struct TemperatureOptions {
  double centre = 1;   ///< what to say without evidence
  double weight = 10;  ///< how many tasks' evidence the centre weighs
  double least = 0.2;
  double most = 5;
};

/// The temperature that gives the known answers the highest likelihood, less a penalty on the squared log
/// distance from the centre. Rows are read as they are; probabilities below kLeastProbability count as that.
/// @cost O(known answers * K)
[[nodiscard]] double fit_temperature(const Table& posterior, std::span<const std::int32_t> truth,
                                     const TemperatureOptions& options);

}  // namespace mizan::truth
