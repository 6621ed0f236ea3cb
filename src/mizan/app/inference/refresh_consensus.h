// After a new model: brings the consensus of a project up to it, some rows at a time. A row whose belief
// would hardly move is left as it is, with the version that made it, unless that version is old; a row that
// moves is written anew from the labels as they are at that moment, and what to do with its task is decided
// again.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "mizan/app/models/gold_labels.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct RefreshOptions {
  double moved = 1e-3;              ///< a probability that moves more is written
  std::int64_t oldest_kept = 4;     ///< rows of versions further behind are written however little they move
  std::int64_t rows_at_once = 500;  ///< read by one step
  std::size_t tasks_at_once = 50;   ///< written by one transaction
};

/// A walk over the consensus rows of one project, gold tasks first.
class ConsensusRefresh {
 public:
  ConsensusRefresh(domain::ProjectId project, const RefreshOptions& options)
      : project_(project), options_(options) {}

  /// The next rows. @out whether there are more
  [[nodiscard]] Result<bool> step(Service& service);
  [[nodiscard]] std::size_t written() const { return written_; }

 private:
  [[nodiscard]] Result<void> clamp_gold(Service& service);

  domain::ProjectId project_;
  RefreshOptions options_;
  bool has_gold_ = false;
  GoldLabels gold_;
  domain::TaskId after_task_{};
  std::string after_question_;
  std::size_t written_ = 0;
};

}  // namespace mizan::app
