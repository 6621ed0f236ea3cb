// The verbs that give out work: the next task for an annotator, many for a supplier's system, and what an
// annotator has in hand.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/app/work/lease.h"
#include "mizan/app/work/whom.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct LeaseAssignment {
  domain::ProjectId project;
  Whom whom{};
};

/// Nothing = there is no work for this annotator now. At the limit of live assignments: their oldest again.
using LeaseAnswer = Result<std::optional<GivenAssignment>>;

/// The next task of the project for the annotator. `done` is told once, on a thread of the store or here.
/// @errors not_eligible: with the reason; not_found; forbidden
void lease_assignment(Service& service, const std::shared_ptr<const Caller>& caller,
                      const LeaseAssignment& command, std::function<void(LeaseAnswer)> done);
/// As above, waiting for it.
[[nodiscard]] LeaseAnswer lease_assignment(Service& service, const Caller& caller,
                                           const LeaseAssignment& command);

/// Tasks for a supplier's own system: up to `count` more for each contributor.
struct LeaseAssignments {
  domain::ProjectId project;
  std::vector<std::string> contributor_ids{};  ///< empty = the caller's own annotator
  std::int64_t count = 1;                      ///< 1 … 1000, for each contributor
};
/// An annotator's share of the answer.
struct LeasedFor {
  std::string contributor_id{};
  std::vector<GivenAssignment> assignments{};
  std::optional<Error> refused{};  ///< why this contributor gets none, or no more
};
/// @errors invalid_argument; forbidden
[[nodiscard]] Result<std::vector<LeasedFor>> lease_assignments(Service& service, const Caller& caller,
                                                               const LeaseAssignments& command);

/// What the caller has in hand on a project, oldest first, with what they see of the tasks.
[[nodiscard]] Result<std::vector<GivenAssignment>> live_assignments(Service& service, const Caller& caller,
                                                                    const LeaseAssignment& command);
/// One assignment, live or not, with what its annotator sees of the task.
/// @errors not_found
[[nodiscard]] Result<GivenAssignment> read_assignment(Service& service, const Caller& caller,
                                                      domain::AssignmentId assignment);

/// Whether a lease would find work for the annotator now, and if not, why.
struct Workable {
  bool is_workable = false;
  std::string_view code{};  ///< "nothing_open" or "not_eligible", when it would not
  std::string reason{};     ///< the same as a sentence
};
[[nodiscard]] Result<Workable> workable(Service& service, const Caller& caller,
                                        const LeaseAssignment& command);

}  // namespace mizan::app
