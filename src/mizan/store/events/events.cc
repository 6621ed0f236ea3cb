#include "mizan/store/events/events.h"

namespace mizan::store {
namespace {

constexpr Query kEventsAfter{"events_after",
                             "SELECT sequence, kind, body, at_us FROM events "
                             "WHERE project_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3"};
constexpr Query kFindEvent{"find_event",
                           "SELECT sequence, kind, body, at_us FROM events "
                           "WHERE project_id = $1 AND sequence = $2"};
constexpr Query kNewestSequence{"newest_sequence", "SELECT sequence FROM event_heads WHERE project_id = $1"};
constexpr Query kOldestSequence{
    "oldest_sequence", "SELECT sequence FROM events WHERE project_id = $1 ORDER BY sequence LIMIT 1"};
constexpr Query kEventHeads{"event_heads",
                            "SELECT project_id, sequence FROM event_heads ORDER BY project_id"};

// Times grow with the sequence but for the clocks of other nodes: the stretch ends at the first newer event.
constexpr Query kDeleteEventsBefore{
    "delete_events_before",
    "DELETE FROM events WHERE project_id = $1 AND sequence IN "
    "(SELECT sequence FROM (SELECT sequence, at_us FROM events WHERE project_id = $1 "
    "ORDER BY sequence LIMIT $3) AS oldest WHERE at_us < $2)"};

EventRow read_event(const Row& row) {
  return {.sequence = row.integer(0), .kind = row.string(1), .body = row.string(2), .at = row.instant(3)};
}

std::int64_t read_sequence(const Row& row) {
  return row.integer(0);
}

}  // namespace

Result<std::vector<EventRow>> events_after(Transaction& tx, domain::ProjectId project_id, std::int64_t after,
                                           std::int64_t limit) {
  return tx.rows(kEventsAfter, read_event, project_id, after, limit);
}

Result<std::optional<EventRow>> find_event(Transaction& tx, domain::ProjectId project_id,
                                           std::int64_t sequence) {
  return tx.maybe_row(kFindEvent, read_event, project_id, sequence);
}

Result<std::int64_t> newest_sequence(Transaction& tx, domain::ProjectId project_id) {
  MIZAN_TRY(const auto found, tx.maybe_row(kNewestSequence, read_sequence, project_id));
  return found.value_or(0);
}

Result<std::optional<std::int64_t>> oldest_sequence(Transaction& tx, domain::ProjectId project_id) {
  return tx.maybe_row(kOldestSequence, read_sequence, project_id);
}

Result<std::vector<EventHead>> event_heads(Transaction& tx) {
  return tx.rows(kEventHeads, [](const Row& row) {
    return EventHead{.project_id = row.id<domain::ProjectId>(0), .sequence = row.integer(1)};
  });
}

Result<std::int64_t> delete_events_before(Transaction& tx, domain::ProjectId project_id, Instant before,
                                          std::int64_t limit) {
  return tx.execute(kDeleteEventsBefore, project_id, before, limit);
}

}  // namespace mizan::store
