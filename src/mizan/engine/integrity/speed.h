// Who answers much faster than the tasks usually take, and is right less often than others.
#pragma once

#include <cstdint>
#include <vector>

#include "mizan/engine/integrity/answer_log.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::integrity {

struct SpeedOptions {
  std::size_t least_labels = 20;       ///< with a known time
  double fast_share_of_median = 0.33;  ///< an answer is fast under this share of its task's usual time
  double least_fast_share = 0.25;      ///< more than this share of fast answers is worth a look
};

struct SpeedCheck {
  std::uint32_t annotator;
  std::size_t label_count;  ///< with a known time
  double fast_share;
  double p_value;  ///< the larger of: share of fast answers not above the limit; no less often right than all
                   ///< others
};

/// One row per annotator with enough known times; nothing when the log has no times.
/// @cost O(labels log labels); deterministic
[[nodiscard]] std::vector<SpeedCheck> speed_checks(const AnswerLog& log, const truth::Table& posterior,
                                                   const SpeedOptions& options);

/// The median time spent by each annotator [W], NaN where unknown; empty when the log has no times.
[[nodiscard]] std::vector<double> median_seconds(const AnswerLog& log);

}  // namespace mizan::integrity
