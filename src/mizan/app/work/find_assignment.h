// Finding an assignment by its id alone, and making sure that it is the caller's to touch.
#pragma once

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/assignments.h"

namespace mizan::app {

struct OwnAssignment {
  rules::Action action;
  domain::AssignmentId assignment;
};

/// The row, which nobody else changes until the transaction ends.
/// @errors not_found: there is none, or it is none of the caller's; not_authenticated, forbidden
[[nodiscard]] Result<store::AssignmentRow> lock_own_assignment(store::Transaction& tx, Service& service,
                                                               const Caller& caller,
                                                               const OwnAssignment& which);
/// As above, only to read.
[[nodiscard]] Result<store::AssignmentRow> find_own_assignment(store::Transaction& tx, Service& service,
                                                               const Caller& caller,
                                                               const OwnAssignment& which);

}  // namespace mizan::app
