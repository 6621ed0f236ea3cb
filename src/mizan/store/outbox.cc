#include "mizan/store/outbox.h"

namespace mizan::store {
namespace {

constexpr Query kAppendOutbox{"append_outbox",
                              "INSERT INTO outbox (project_id, kind, body, at_us) VALUES ($1, $2, $3, $4)"};

constexpr Query kOutboxWaits{"outbox_waits", "SELECT outbox_number FROM outbox LIMIT 1"};

// SQLite has one writer, so that several statements see one outbox.
constexpr Query kOutboxReach{"outbox_reach",
                             "SELECT COALESCE(MAX(outbox_number), 0), COUNT(*) FROM "
                             "(SELECT outbox_number FROM outbox ORDER BY outbox_number LIMIT $1)"};
constexpr Query kAdvanceHeads{"advance_event_heads",
                              "INSERT INTO event_heads (project_id, sequence) "
                              "SELECT project_id, COUNT(*) FROM outbox WHERE outbox_number <= $1 "
                              "GROUP BY project_id "
                              "ON CONFLICT (project_id) DO UPDATE "
                              "SET sequence = event_heads.sequence + excluded.sequence"};
constexpr Query kNumberEvents{
    "number_events",
    "INSERT INTO events (project_id, sequence, kind, body, at_us) "
    "SELECT o.project_id, h.sequence - COUNT(*) OVER (PARTITION BY o.project_id) "
    "+ ROW_NUMBER() OVER (PARTITION BY o.project_id ORDER BY o.outbox_number), o.kind, o.body, o.at_us "
    "FROM outbox o JOIN event_heads h ON h.project_id = o.project_id WHERE o.outbox_number <= $1"};
constexpr Query kClearOutbox{"clear_outbox", "DELETE FROM outbox WHERE outbox_number <= $1"};

// PostgreSQL has many: one statement takes the rows (a second publisher waits for their locks and then finds
// them gone), and every later step counts only what was taken. The numbers are an array, so that they are
// chosen once: a planner that last saw the outbox empty would choose them again for each row of it.
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

struct Reach {
  std::int64_t last_number;
  std::int64_t event_count;
};

Result<std::int64_t> publish_alone(Transaction& tx, std::int64_t limit) {
  MIZAN_TRY(const Reach reach, tx.row(
                                   kOutboxReach,
                                   [](const Row& row) {
                                     return Reach{row.integer(0), row.integer(1)};
                                   },
                                   limit));
  if (reach.event_count == 0) return 0;
  MIZAN_CHECK_OK(tx.execute(kAdvanceHeads, reach.last_number));
  MIZAN_CHECK_OK(tx.execute(kNumberEvents, reach.last_number));
  MIZAN_CHECK_OK(tx.execute(kClearOutbox, reach.last_number));
  return reach.event_count;
}

}  // namespace

Result<void> append_outbox(Transaction& tx, const NewEvent& event) {
  return tx.queue(kAppendOutbox, event.project_id, event.kind, event.body, event.at);
}

Result<std::int64_t> publish_outbox(Transaction& tx, std::int64_t limit) {
  if (tx.dialect() == Dialect::postgres) return tx.execute(kPublishTaken, limit);
  return publish_alone(tx, limit);
}

Result<bool> outbox_waits(Transaction& tx) {
  MIZAN_TRY(const auto found, tx.maybe_row(kOutboxWaits, [](const Row&) { return true; }));
  return found.has_value();
}

}  // namespace mizan::store
