// Figures of annotators' work that are counted, not inferred: how much, how fast, at what price, and what
// reviewers said.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct WorkFigures {
  domain::AnnotatorId annotator;
  domain::SupplierId supplier;
  std::int64_t annotation_count = 0;
  std::optional<double> mean_duration_us{};
  std::optional<double> mean_price_micros{};  ///< of the annotations that carry a price
  std::int64_t reviewed_count = 0;
  std::int64_t sent_back_count = 0;  ///< of those: fixed or rejected
};

/// One row an annotator with annotations in the project, by annotator.
/// @cost O(annotations of the project)
[[nodiscard]] Result<std::vector<WorkFigures>> work_figures(Transaction& tx, domain::ProjectId project);

}  // namespace mizan::store
