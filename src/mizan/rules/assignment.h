// The rules of an assignment: a task leased to an annotator until an instant. Pure: no clock, no storage.
//
//   lease() ──▶ live ──settle()───▶ submitted
//               │  ▲
//               │  └─heartbeat()    later end, same state
//               ├──skip()─────────▶ skipped      the annotator does not want it, and says why
//               ├──release()──────▶ released     given back; nothing is said about the task
//               ├──revoke()───────▶ revoked      taken away by a person or with the batch
//               └──expire()───────▶ expired ──settle() within the grace, task has room──▶ submitted
//
// No other edge exists; see assignment_test.cc "every pair of states". Invariants: (1) only `live` holds a
// place in the task's overlap; (2) what is submitted, skipped, released or revoked never changes again; (3)
// an answer to a live assignment is never refused for being late: its place was held all the time.
#pragma once

#include <cstdint>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/base/enum_names.h"
#include "mizan/base/result.h"

namespace mizan::rules {

enum class AssignmentState : std::uint8_t { live, submitted, skipped, released, expired, revoked };
inline constexpr EnumNames<AssignmentState, 6> kAssignmentStates{
    "state of an assignment", {"live", "submitted", "skipped", "released", "expired", "revoked"}};
[[nodiscard]] constexpr std::string_view to_text(AssignmentState state) {
  return kAssignmentStates(state);
}

struct Assignment {
  AssignmentState state = AssignmentState::live;
  Instant leased_at;
  Instant expires_at;    ///< the end of the lease; later by each heartbeat
  Instant settled_at{};  ///< when it left `live`; 0 while live
  friend bool operator==(const Assignment&, const Assignment&) = default;
};

/// How long an annotator may hold a task.
struct LeaseTerms {
  Duration ttl = seconds(30 * 60);        ///< from the lease or the last heartbeat; positive
  Duration longest = seconds(24 * 3600);  ///< from the lease, whatever the heartbeats; at least `ttl`
};

/// What happens to an answer that comes after its assignment expired.
struct LateRule {
  Duration grace{};            ///< accepted up to this long after `expires_at`; 0 = never
  bool task_has_room = false;  ///< live + done < wanted: a late answer never lifts a task above its overlap
};

/// @errors invalid_argument: a ttl that is not positive, or longer than `longest`
[[nodiscard]] Result<Assignment> lease(Instant now, const LeaseTerms& terms);
/// Moves the end to now + ttl, never earlier than it was, never beyond leased_at + longest.
/// @errors assignment_not_live
[[nodiscard]] Result<Assignment> heartbeat(const Assignment& assignment, Instant now,
                                           const LeaseTerms& terms);
/// The annotator's answer arrived.
/// @errors assignment_not_live: settled before, or expired and the late rule does not take it; says which
[[nodiscard]] Result<Assignment> settle(const Assignment& assignment, Instant now, const LateRule& late);
/// @errors assignment_not_live
[[nodiscard]] Result<Assignment> skip(const Assignment& assignment, Instant now);
/// @errors assignment_not_live
[[nodiscard]] Result<Assignment> release(const Assignment& assignment, Instant now);
/// @errors assignment_not_live
[[nodiscard]] Result<Assignment> revoke(const Assignment& assignment, Instant now);
/// @errors assignment_not_live; illegal_transition: its end has not come yet
[[nodiscard]] Result<Assignment> expire(const Assignment& assignment, Instant now);

}  // namespace mizan::rules
