// Leasing inside a transaction: the next task for an annotator. The verbs around it are in lease_assignment.h
// and submit_annotation.h.
//
//   eligible? (eligibility.h) ──▶ at the limit? their oldest live assignment again
//        └─▶ lanes that are for them, highest rank first; in each from where they last were (lanes.h)
//             └─▶ found: perhaps gold in its place (gold_mix.h) ──▶ assignment, counts, state
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "mizan/app/service.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/base/result.h"
#include "mizan/base/rng.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotator_standing.h"
#include "mizan/store/work/assignments.h"

namespace mizan::app {

/// An assignment with what its annotator sees of the task.
struct GivenAssignment {
  store::AssignmentRow row{};
  std::string payload{};  ///< JSON object, whole: granted_payload() is what the annotator sees
  std::optional<std::string> granted_fields{};  ///< JSON list of its members; nothing = all
  bool is_resumed = false;                      ///< it was theirs before this call
};

struct LeaseWants {
  domain::ProjectId project;
  domain::AnnotatorId annotator;
  Instant now{};
  Rng rng{1};
  /// Live assignments at most; nothing = as the project's settings say.
  std::optional<std::int64_t> live_limit{};
  bool resumes = true;  ///< at the limit: the oldest live assignment again, instead of nothing
};

struct LeaseOutcome {
  std::optional<GivenAssignment> given{};  ///< nothing: there is no work for this annotator now
  bool looks_again = false;  ///< nothing was found in the stretch that one transaction may walk: call again
};

/// @errors not_eligible: with the reason; not_found: no such annotator or project
/// @cost   a bounded number of statements; walks at most a few thousand tasks that this annotator had before
[[nodiscard]] Result<LeaseOutcome> lease_next(store::Transaction& tx, Service& service,
                                              const LeaseWants& wants);

/// As above, when the annotator's standing was read in this transaction. The lease is not counted in the
/// annotator's progress yet: the caller does, together with what else it has to count (leased_count).
[[nodiscard]] Result<LeaseOutcome> lease_uncounted(store::Transaction& tx, Service& service,
                                                   const LeaseWants& wants,
                                                   const store::StandingRow& standing);

/// Assignments that a lease has newly given: 0 or 1.
[[nodiscard]] std::int64_t leased_count(const LeaseOutcome& outcome);

/// The members of the payload that the annotator's supplier is granted.
[[nodiscard]] std::string granted_payload(const GivenAssignment& given);

}  // namespace mizan::app
