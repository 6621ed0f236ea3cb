// Lanes: a project's queue is cut into lanes, each of tasks of one rank that the same annotators may work on.
// So a lease never walks over tasks that are not for the annotator: it looks only into the lanes that are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct LaneRow {
  domain::ProjectId project_id;
  std::int64_t rank = 0;             ///< rank_of(priority, reopened)
  domain::SupplierId supplier_id{};  ///< whose annotators; none = those of every supplier
  std::string domain{};              ///< "" = any
  std::string language{};            ///< "" = any
  bool is_escalated = false;         ///< asked of somebody better, after the others disagreed
  friend bool operator==(const LaneRow&, const LaneRow&) = default;
};

/// Higher ranks are given out first; a reopened task before the new ones of its priority.
[[nodiscard]] constexpr std::int64_t rank_of(std::int64_t priority, bool reopened) {
  return 2 * priority + (reopened ? 1 : 0);
}

/// The lane's number: a hash of its row, so that importers need not look it up. Positive.
[[nodiscard]] std::int64_t lane_id(const LaneRow& lane);

/// Makes the lane if it is not there. Call it before a task is put into the lane; once a transaction
/// suffices.
/// @out its number
[[nodiscard]] Result<std::int64_t> ensure_lane(Transaction& tx, const LaneRow& lane);

/// @errors not_found
[[nodiscard]] Result<LaneRow> find_lane(Transaction& tx, domain::ProjectId project, std::int64_t lane_id);

/// A lane as one annotator sees it.
struct AnnotatorLane {
  std::int64_t lane_id = 0;
  std::int64_t rank = 0;
  std::string domain{};
  std::string language{};
  std::int64_t cursor = 0;  ///< every open task up to here was already this annotator's
};

/// The lanes of a project for an annotator of that supplier, highest rank first.
/// @cost O(lanes of the project)
struct LanesFor {
  domain::ProjectId project_id;
  domain::AnnotatorId annotator_id;
  domain::SupplierId supplier_id;
};
[[nodiscard]] Result<std::vector<AnnotatorLane>> lanes_for(Transaction& tx, const LanesFor& whom);

struct CursorRow {
  domain::ProjectId project_id;
  domain::AnnotatorId annotator_id;
  std::int64_t lane_id = 0;
  std::int64_t position = 0;
};
[[nodiscard]] Result<void> save_cursor(Transaction& tx, const CursorRow& cursor);
/// A cursor only saves looking: without it a lease looks from the lane's beginning.
[[nodiscard]] Result<void> forget_cursors(Transaction& tx, domain::ProjectId project,
                                          domain::AnnotatorId annotator);
/// After many tasks have opened again at their old positions.
[[nodiscard]] Result<void> forget_all_cursors(Transaction& tx, domain::ProjectId project);

}  // namespace mizan::store
