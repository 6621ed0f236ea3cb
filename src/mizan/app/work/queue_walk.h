// Finding the next open task for an annotator: lane by lane, from where they last were.
//
// Invariant of a cursor: every open task of the lane up to it was already this annotator's. A task that opens
// again gets a later position, so it is after every cursor. What can still slip behind one are tasks whose
// transaction ended later than that of tasks with higher positions; so when nothing is found the cursors are
// forgotten once in a while and the lanes walked from their beginning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mizan/app/work/eligibility.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotator_standing.h"
#include "mizan/store/work/task_states.h"

namespace mizan::app {

/// How long cursors are trusted when nothing is found past them.
inline constexpr Duration kCursorTrust = seconds(30);

struct Walker {
  domain::ProjectId project;
  domain::AnnotatorId annotator;
  const store::StandingRow& standing;
  Instant now{};
};

struct WalkOutcome {
  std::optional<store::TaskStateRow> found{};  ///< taken: nobody else has it in this transaction
  std::optional<std::string> payload{};        ///< of what was found, if it was read along
  bool looks_again = false;                    ///< the walk was cut short; the next one goes on from there
};

/// @cost O(tasks walked), at most a few thousand
[[nodiscard]] Result<WalkOutcome> find_next_task(store::Transaction& tx, const Walker& walker);

/// Whether find_next_task would find one, sooner or later; changes nothing.
/// @cost O(open tasks that this annotator had)
[[nodiscard]] Result<bool> has_next_task(store::Transaction& tx, const Walker& walker);

}  // namespace mizan::app
