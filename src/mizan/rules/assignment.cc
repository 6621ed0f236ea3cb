#include "mizan/rules/assignment.h"

#include <algorithm>
#include <string>

namespace mizan::rules {
namespace {

tl::unexpected<Error> not_live(const Assignment& assignment) {
  std::string hint =
      assignment.state == AssignmentState::submitted ? "revise the annotation instead" : "lease another task";
  return fail(ErrorCode::assignment_not_live,
              "the assignment is " + std::string(to_text(assignment.state)) + ", not live", {},
              std::move(hint));
}

/// The one way out of `live`.
Result<Assignment> leave(const Assignment& assignment, AssignmentState to, Instant now) {
  if (assignment.state != AssignmentState::live) return not_live(assignment);
  Assignment left = assignment;
  left.state = to;
  left.settled_at = now;
  return left;
}

Result<Assignment> settle_late(const Assignment& assignment, Instant now, const LateRule& late) {
  if (now > assignment.expires_at + late.grace)
    return fail(ErrorCode::assignment_not_live,
                "the assignment expired at " + to_text(assignment.expires_at) +
                    " and the project takes answers up to " + std::to_string(late.grace.us / 1'000'000) +
                    " s later",
                {}, "lease another task; keep the assignment alive by heartbeats while working");
  if (!late.task_has_room)
    return fail(ErrorCode::assignment_not_live,
                "the assignment expired at " + to_text(assignment.expires_at) +
                    " and the task was meanwhile given to others",
                {}, "lease another task; keep the assignment alive by heartbeats while working");
  Assignment settled = assignment;
  settled.state = AssignmentState::submitted;
  settled.settled_at = now;
  return settled;
}

}  // namespace

Result<Assignment> lease(Instant now, const LeaseTerms& terms) {
  if (terms.ttl.us <= 0) return fail(ErrorCode::invalid_argument, "a lease must last longer than nothing");
  if (terms.longest < terms.ttl)
    return fail(ErrorCode::invalid_argument, "the longest lease is shorter than one lease");
  return Assignment{.state = AssignmentState::live, .leased_at = now, .expires_at = now + terms.ttl};
}

Result<Assignment> heartbeat(const Assignment& assignment, Instant now, const LeaseTerms& terms) {
  if (assignment.state != AssignmentState::live) return not_live(assignment);
  Assignment alive = assignment;
  alive.expires_at =
      std::max(assignment.expires_at, std::min(now + terms.ttl, assignment.leased_at + terms.longest));
  return alive;
}

Result<Assignment> settle(const Assignment& assignment, Instant now, const LateRule& late) {
  if (assignment.state == AssignmentState::expired) return settle_late(assignment, now, late);
  return leave(assignment, AssignmentState::submitted, now);
}

Result<Assignment> skip(const Assignment& assignment, Instant now) {
  return leave(assignment, AssignmentState::skipped, now);
}

Result<Assignment> release(const Assignment& assignment, Instant now) {
  return leave(assignment, AssignmentState::released, now);
}

Result<Assignment> revoke(const Assignment& assignment, Instant now) {
  return leave(assignment, AssignmentState::revoked, now);
}

Result<Assignment> expire(const Assignment& assignment, Instant now) {
  MIZAN_TRY(const Assignment expired, leave(assignment, AssignmentState::expired, now));
  if (now < assignment.expires_at)
    return fail(ErrorCode::illegal_transition, "the assignment runs until " + to_text(assignment.expires_at));
  return expired;
}

}  // namespace mizan::rules
