// The ends of an assignment without an answer: skipped, released, revoked, expired.
#pragma once

#include <cstdint>
#include <string>

#include "mizan/app/access/caller.h"
#include "mizan/app/chores/chores.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/assignments.h"

namespace mizan::app {

/// The annotator does not want the task, and says why; they are never given it again.
/// @errors not_found; assignment_not_live; invalid_argument: no reason
struct SkipAssignment {
  domain::AssignmentId assignment;
  std::string reason{};
};
[[nodiscard]] Result<store::AssignmentRow> skip_assignment(Service& service, const Caller& caller,
                                                           const SkipAssignment& command);
/// Given back; nothing is said about the task.
/// @errors not_found; assignment_not_live
[[nodiscard]] Result<store::AssignmentRow> release_assignment(Service& service, const Caller& caller,
                                                              domain::AssignmentId assignment);
/// Taken away by a person.
/// @errors not_found; assignment_not_live
struct RevokeAssignment {
  domain::AssignmentId assignment;
  std::string reason{};
};
[[nodiscard]] Result<store::AssignmentRow> revoke_assignment(Service& service, const Caller& caller,
                                                             const RevokeAssignment& command);
/// Still at work: the end moves to a whole lease from now.
/// @errors not_found; assignment_not_live
[[nodiscard]] Result<store::AssignmentRow> heartbeat_assignment(Service& service, const Caller& caller,
                                                                domain::AssignmentId assignment);

/// Ends assignments whose end has come, oldest first, at most `limit` in a transaction of its own.
/// @out how many; fewer than the limit = that was all
[[nodiscard]] Result<std::int64_t> expire_assignments(Service& service, std::int64_t limit);
/// expire_assignments again and again.
[[nodiscard]] Chore expiry_chore(Service& service);

/// Whose live assignments are taken away together.
struct RevokeMany {
  domain::SupplierId supplier{};
  domain::AnnotatorId annotator{};  ///< either this or the supplier
  domain::ProjectId project{};      ///< none = every project
  std::string reason{};
  std::int64_t limit = 200;
};
/// For other verbs, in their transaction or in several of their own until fewer than the limit are left.
/// @out how many
[[nodiscard]] Result<std::int64_t> revoke_assignments(store::Transaction& tx, Service& service,
                                                      const RevokeMany& which);

}  // namespace mizan::app
