// An administrative change: it is written to the audit log and told to whoever listens, in its transaction.
#pragma once

#include <string>
#include <string_view>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

struct Change {
  domain::ProjectId project_id{};  ///< 0 = it concerns the organisation
  std::string_view kind;           ///< "<resource>.<past participle>": the event's kind and the log's action
  std::string subject;             ///< the id of what was changed
  std::string body;                ///< JSON object: the event's body and the log's details
};

/// Who made a change, and when.
struct ChangeMaker {
  const Caller& caller;
  Instant at;
};

/// @cost one or two statements
[[nodiscard]] Result<void> note_change(store::Transaction& tx, const ChangeMaker& maker,
                                       const Change& change);

}  // namespace mizan::app
