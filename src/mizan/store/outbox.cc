#include "mizan/store/outbox.h"

namespace mizan::store {
namespace {

// SQLite has one writer: what commits later runs later, so that an event gets its number at once.
constexpr Query kMoveHead{"move_event_head",
                          "INSERT INTO event_heads (project_id, sequence) VALUES ($1, 1) "
                          "ON CONFLICT (project_id) DO UPDATE SET sequence = event_heads.sequence + 1"};
constexpr Query kInsertEvent{"insert_event",
                             "INSERT INTO events (project_id, sequence, kind, body, at_us) VALUES "
                             "($1, (SELECT sequence FROM event_heads WHERE project_id = $1), $2, $3, $4)"};

constexpr Query kAppendOutbox{"append_outbox", "",
                              "INSERT INTO outbox (project_id, kind, body, at_us) VALUES ($1, $2, $3, $4)"};
constexpr Query kOutboxWaits{"outbox_waits", "", "SELECT outbox_number FROM outbox LIMIT 1"};

// PostgreSQL has many writers: one statement takes the rows (a second publisher waits for their locks and
// then finds them gone), and every later step counts only what was taken. The numbers are an array, so that
// they are chosen once: a planner that last saw the outbox empty would choose them again for each row of it.
constexpr Query kPublishTaken{
    "publish_taken", "",
    "WITH taken AS (DELETE FROM outbox WHERE outbox_number = ANY(ARRAY"
    "  (SELECT outbox_number FROM outbox ORDER BY outbox_number LIMIT $1 FOR UPDATE)) "
    "  RETURNING outbox_number, project_id, kind, body, at_us), "
    "counted AS (SELECT project_id, COUNT(*) AS event_count FROM taken GROUP BY project_id "
    "  ORDER BY project_id), "
    "heads AS (INSERT INTO event_heads (project_id, sequence) SELECT project_id, event_count FROM counted "
    "  ON CONFLICT (project_id) DO UPDATE SET sequence = event_heads.sequence + excluded.sequence "
    "  RETURNING project_id, sequence) "
    "INSERT INTO events (project_id, sequence, kind, body, at_us) "
    "SELECT t.project_id, h.sequence - c.event_count "
    "  + ROW_NUMBER() OVER (PARTITION BY t.project_id ORDER BY t.outbox_number), t.kind, t.body, t.at_us "
    "FROM taken t JOIN heads h ON h.project_id = t.project_id "
    "JOIN counted c ON c.project_id = t.project_id"};

Result<void> append_numbered(Transaction& tx, const NewEvent& event) {
  MIZAN_CHECK_OK(tx.queue(kMoveHead, event.project_id));
  return tx.queue(kInsertEvent, event.project_id, event.kind, event.body, event.at);
}

}  // namespace

Result<void> append_outbox(Transaction& tx, const NewEvent& event) {
  if (tx.dialect() == Dialect::sqlite) return append_numbered(tx, event);
  return tx.queue(kAppendOutbox, event.project_id, event.kind, event.body, event.at);
}

Result<std::int64_t> publish_outbox(Transaction& tx, std::int64_t limit) {
  if (tx.dialect() == Dialect::sqlite) return 0;
  return tx.execute(kPublishTaken, limit);
}

Result<bool> outbox_waits(Transaction& tx) {
  if (tx.dialect() == Dialect::sqlite) return false;
  MIZAN_TRY(const auto found, tx.maybe_row(kOutboxWaits, [](const Row&) { return true; }));
  return found.has_value();
}

}  // namespace mizan::store
