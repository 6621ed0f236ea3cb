// How often annotators and suppliers are right, and which supplier is better: with intervals that know that
// the truth itself is not known.
//
// What is estimated. *Accuracy* of an annotator: the chance that a label it gives to a further task, drawn
// like those it was given, is right. Of a supplier: the same for a label drawn among its labels, its
// annotators and their shares of the work as they are. `recorded` intervals are narrower: they are for the
// share of right labels among those given, which is what a truth column would say.
//
// What the intervals hold: chance in the tasks (the unit of sampling is the task), in the truth of every task
// given the labels, in everybody's ability, in the class mix; that the labels of a task may err together,
// which no method can see in full; and how far methods disagree. Coverage measured:
// bench/results/coverage.md.
//
// Gold: labels on gold tasks are known to be right or wrong. With enough of it, suppliers and pairs are
// corrected by it (ppi.h), and no gold answer is used to predict itself. Agreement alone is never called
// accuracy.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/supplier/basis.h"
#include "mizan/engine/supplier/compare.h"
#include "mizan/engine/supplier/intervals.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::supplier {

struct Accuracy {
  double value = kNotKnown;  ///< NaN without labels
  double standard_error = kNotKnown;
  Interval interval{};  ///< 95 %, for a further label
  double recorded_value = kNotKnown;
  Interval recorded_interval{};  ///< 95 %, for the share of right labels among those given
  Basis basis = Basis::model;
  std::size_t label_count = 0;
  std::size_t task_count = 0;
  std::size_t gold_label_count = 0;
  std::size_t gold_correct_count = 0;
};

struct AccuracyInput {
  const truth::LabelMatrix& labels;
  std::span<const std::int32_t> gold{};                     ///< [I] class or truth::kNoGold; empty = none
  const truth::Table& posterior;                            ///< [I,K] the consensus that the report shows
  std::span<const truth::Table* const> other_posteriors{};  ///< of other methods: their spread is doubt
  std::span<const std::uint32_t> supplier_of_annotator{};   ///< [W]; empty = all are one supplier
  std::size_t supplier_count = 1;
  std::uint64_t seed = 1;
};

struct AccuracyReport {
  std::vector<Accuracy> annotators{};   ///< [W]
  std::vector<Accuracy> suppliers{};    ///< [S]
  std::vector<PairComparison> pairs{};  ///< every pair a < b
  double error_correlation = 0;         ///< mean correlation of the errors on a task that was reckoned with
};

/// @errors invalid_argument: sizes that do not fit each other
/// @cost   bounded: about 4 chains · 4·10⁶ label visits, or 8 passes over the labels if that is more; O(I·K)
/// memory a chain. Deterministic for a seed, whatever the number of threads
[[nodiscard]] Result<AccuracyReport> assess_accuracy(const AccuracyInput& input, truth::Run run);

}  // namespace mizan::supplier
