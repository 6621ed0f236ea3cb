// Mixing gold among an annotator's tasks: how often, and which. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mizan/base/rng.h"
#include "mizan/domain/ids.h"
#include "mizan/domain/project_settings.h"
#include "mizan/store/work/gold_answers.h"

namespace mizan::app {

/// The share of gold among the assignments of an annotator who has submitted so many annotations: falls
/// linearly from rate_at_start to rate_later over the tenure.
[[nodiscard]] double gold_rate(const domain::GoldSettings& settings, std::int64_t submitted_count);

/// A gold task that this annotator has not seen: a random one of the concept × difficulty of which they saw
/// the fewest. Nothing when all were seen.
/// @in seen  gold tasks that this annotator was given
/// @cost O(gold tasks)
[[nodiscard]] std::optional<domain::TaskId> pick_gold(const std::vector<store::GoldTask>& gold,
                                                      const std::vector<domain::TaskId>& seen, Rng& rng);

}  // namespace mizan::app
