// Events: what took place in a project, numbered 1, 2, 3 … without a gap. Written by the publisher alone
// (store/outbox.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct EventRow {
  std::int64_t sequence = 0;
  std::string kind;
  std::string body;  ///< JSON object
  Instant at;
};

/// The next events of a project after a sequence, in order.
[[nodiscard]] Result<std::vector<EventRow>> events_after(Transaction& tx, domain::ProjectId project_id,
                                                         std::int64_t after, std::int64_t limit);
[[nodiscard]] Result<std::optional<EventRow>> find_event(Transaction& tx, domain::ProjectId project_id,
                                                         std::int64_t sequence);
/// The sequence of the newest event; 0 while there is none.
[[nodiscard]] Result<std::int64_t> newest_sequence(Transaction& tx, domain::ProjectId project_id);
/// The sequence of the oldest event that is kept; nothing when none is.
[[nodiscard]] Result<std::optional<std::int64_t>> oldest_sequence(Transaction& tx,
                                                                  domain::ProjectId project_id);

struct EventHead {
  domain::ProjectId project_id;
  std::int64_t sequence = 0;
};
/// The newest sequence of every project that has events.
[[nodiscard]] Result<std::vector<EventHead>> event_heads(Transaction& tx);

/// Deletes the oldest events of a project that are older than an instant; stops at the first that is not.
/// @in   limit  events at most
/// @out  how many were deleted
[[nodiscard]] Result<std::int64_t> delete_events_before(Transaction& tx, domain::ProjectId project_id,
                                                        Instant before, std::int64_t limit);

}  // namespace mizan::store
