// What others must hear of: written in the transaction of the change. On SQLite, where one writes at a time,
// straight to `events` with the next number; on PostgreSQL to `outbox`, whence the one publisher moves it to
// `events` in order.
#pragma once

#include <cstdint>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Something that took place. `kind` is "<resource>.<past participle>", `body` a JSON object; both are listed
/// in docs/formats/events.md. Views: they live until the call returns.
struct NewEvent {
  domain::ProjectId project_id;  ///< 0 = it concerns the organisation
  std::string_view kind;
  std::string_view body;
  Instant at;
};

/// Writes an event that becomes true with this transaction. Costs no round trip (SQLite: two statements).
/// Order: of two events whose transactions did not overlap, the one that committed first gets the lower
/// sequence.
[[nodiscard]] Result<void> append_outbox(Transaction& tx, const NewEvent& event);

/// Moves the oldest events of the outbox to `events`, numbering them per project from where its last one
/// ended. Safe when several publishers do so at once: every event is moved once and no number is left out.
/// On SQLite there is never anything to move.
/// @in   limit  events at most
/// @out  how many were moved
/// @cost O(events moved)
[[nodiscard]] Result<std::int64_t> publish_outbox(Transaction& tx, std::int64_t limit);

/// Whether the outbox holds anything: for reads that decide whether to write at all.
[[nodiscard]] Result<bool> outbox_waits(Transaction& tx);

}  // namespace mizan::store
