// The labels of one question in the engine's numbers, with their order in time. Of this folder only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/engine/truth/truth.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

struct ScorecardLabels {
  std::vector<truth::LabelRow> rows;
  std::vector<std::int64_t> annotation;  ///< [rows] its id: ids grow with time
  std::vector<domain::TaskId> tasks;
  std::vector<domain::AnnotatorId> annotators;
  std::vector<domain::SupplierId> suppliers;
  std::vector<std::uint32_t> supplier_of;  ///< [annotators]
  std::vector<std::int32_t> gold;          ///< [tasks]
  std::size_t class_count = 2;
};

/// @errors cannot_be_known: more labels than `limit`
[[nodiscard]] Result<ScorecardLabels> scorecard_labels(store::Transaction& tx, domain::ProjectId project,
                                                       const std::string& question, std::size_t limit);

}  // namespace mizan::app
