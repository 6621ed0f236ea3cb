// What would have been enough: replays the recorded labels as if fewer had been bought, from one supplier or
// several, and says how good the consensus would have been and what it would have cost.
//
// Two kinds of buying: the same number of labels of every task from each supplier; or some labels of a cheap
// one first and then one more label, from another supplier, for the least certain share of the tasks.
//
// How good: against gold where there is enough; else against the consensus of all labels, each class counting
// with its probability. The second is optimistic, since the labels replayed are among those it is made of,
// and says so (`basis`). Nothing beyond what was recorded is extrapolated.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mizan/engine/supplier/accuracy.h"

namespace mizan::supplier {

struct MixInput {
  const truth::LabelMatrix& labels;
  std::span<const std::int32_t> gold{};                    ///< [I] or empty
  const truth::Table& posterior;                           ///< [I,K] consensus of all labels
  std::span<const std::uint32_t> supplier_of_annotator{};  ///< [W]; empty = one supplier
  std::size_t supplier_count = 1;
  std::span<const double> price_per_label{};  ///< [S] NaN = unknown: that supplier is in no mix
  double target_accuracy = 0.95;
  std::uint64_t seed = 1;
};

struct MixPart {
  std::uint32_t supplier = 0;
  double labels_per_task = 0;  ///< less than 1 where only a share of the tasks goes there
};

struct MixOption {
  std::vector<MixPart> parts{};
  double escalated_share =
      0;                ///< of the tasks, the least certain ones, that get the last part; 0 = all get all
  double accuracy = 0;  ///< of the consensus
  Interval interval{};
  double cost_per_task = 0;
  std::size_t task_count = 0;  ///< tasks it was replayed on
};

struct MixReport {
  std::vector<MixOption> options{};  ///< by cost, then by falling accuracy; each better than all cheaper ones
  std::optional<std::size_t> cheapest{};       ///< the first whose accuracy reaches the target
  std::optional<std::size_t> cheapest_sure{};  ///< the first whose interval lies above it
  Basis basis = Basis::model;
};

/// Nothing when no supplier has a price, or too few tasks have labels enough to replay.
/// @cost bounded: at most 2,000 tasks, 400 options
[[nodiscard]] std::optional<MixReport> cheapest_mix(const MixInput& input, truth::Run run);

}  // namespace mizan::supplier
