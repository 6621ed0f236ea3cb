#include "mizan/store/access/audit_entries.h"

#include <utility>

namespace mizan::store {
namespace {

constexpr Query kReadHead{"read_audit_head", "SELECT entry_number, hash FROM audit_head WHERE head_id = 1"};
constexpr Query kLockHead{"lock_audit_head", "SELECT entry_number, hash FROM audit_head WHERE head_id = 1",
                          "SELECT entry_number, hash FROM audit_head WHERE head_id = 1 FOR UPDATE"};
constexpr Query kInsertEntry{
    "insert_audit_entry",
    "INSERT INTO audit_entries (entry_number, at_us, actor, action, subject, details, address, "
    "request_id, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Query kMoveHead{"move_audit_head",
                          "UPDATE audit_head SET entry_number = $1, hash = $2 WHERE head_id = 1"};
constexpr Query kListEntries{
    "list_audit_entries",
    "SELECT entry_number, at_us, actor, action, subject, details, address, request_id, previous_hash, hash "
    "FROM audit_entries WHERE entry_number < $1 AND substr(action, 1, length($2)) = $2 "
    "AND substr(actor, 1, length($3)) = $3 AND substr(subject, 1, length($4)) = $4 "
    "ORDER BY entry_number DESC LIMIT $5"};
constexpr Query kEveryEntry{
    "every_audit_entry",
    "SELECT entry_number, at_us, actor, action, subject, details, address, request_id, previous_hash, hash "
    "FROM audit_entries ORDER BY entry_number"};

AuditEntryRow entry_of(const Row& row) {
  return {.entry_number = row.integer(0),
          .at = row.instant(1),
          .actor = row.string(2),
          .action = row.string(3),
          .subject = row.string(4),
          .details = row.string(5),
          .address = row.string(6),
          .request_id = row.string(7),
          .previous_hash = row.string(8),
          .hash = row.string(9)};
}

Result<AuditHead> head_by(Transaction& tx, const Query& query) {
  MIZAN_TRY(auto head, tx.maybe_row(query, [](const Row& row) {
    return AuditHead{.entry_number = row.integer(0), .hash = row.string(1)};
  }));
  if (!head)
    return fail(ErrorCode::database_corrupt, "the row that remembers the newest audit entry is gone",
                "audit_head", "run mizan doctor; restore the database from a backup");
  return *std::move(head);
}

}  // namespace

Result<AuditHead> read_audit_head(Transaction& tx) {
  return head_by(tx, kReadHead);
}

Result<AuditHead> lock_audit_head(Transaction& tx) {
  return head_by(tx, kLockHead);
}

Result<void> append_audit_entry(Transaction& tx, const AuditEntryRow& entry) {
  MIZAN_CHECK_OK(tx.execute(kInsertEntry, entry.entry_number, entry.at, entry.actor, entry.action,
                            entry.subject, entry.details, entry.address, entry.request_id,
                            entry.previous_hash, entry.hash));
  MIZAN_CHECK_OK(tx.execute(kMoveHead, entry.entry_number, entry.hash));
  return {};
}

Result<std::vector<AuditEntryRow>> list_audit_entries(Transaction& tx, std::int64_t before,
                                                      const AuditFilter& filter, std::int64_t limit) {
  return tx.rows(kListEntries, entry_of, before, filter.action, filter.actor, filter.subject, limit);
}

Result<void> for_each_audit_entry(Transaction& tx,
                                  const std::function<Result<void>(const AuditEntryRow&)>& look) {
  return tx.for_each(kEveryEntry, [&](const Row& row) { return look(entry_of(row)); });
}

}  // namespace mizan::store
