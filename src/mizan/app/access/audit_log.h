// The audit log: who did what to what, when, from where. Append-only, and each entry carries a hash over
// itself and the hash of the one before, so that a changed, deleted, reordered or cut-off entry is found. The
// newest entry's number and hash are kept apart; whoever notes them elsewhere can prove the log up to there
// even to a person who could rewrite the whole database.
//
// hash = SHA-256 over, in this order, each as its length in decimal, ":" and its bytes: previous_hash,
// entry_number, at_us, actor, action, subject, details, address, request_id. The first entry's previous_hash
// is empty.
//
// No personal data belongs in `details`: ids do, names and e-mail addresses do not, for entries are never
// erased.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/store/access/audit_entries.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

class Service;

struct AuditNote {
  Instant at;
  std::string_view action;          ///< of rules/actions.h, or a verb: "suspend_supplier"
  std::string_view subject;         ///< the id of what it was done to: "sup_…"
  std::string_view details = "{}";  ///< a JSON object: what changed
};

/// Appends an entry that becomes true with this transaction. Call it for every administrative change, last in
/// the transaction: on PostgreSQL it holds a lock until the commit.
[[nodiscard]] Result<void> record_audit(store::Transaction& tx, const Caller& caller, const AuditNote& note);

/// Newest first.
struct AuditPage {
  std::vector<store::AuditEntryRow> entries;
  std::optional<std::int64_t> next;  ///< pass as `before` for the page that follows
};
struct ListAuditEntries {
  std::optional<std::int64_t> before{};
  std::int64_t limit = 100;
  store::AuditFilter filter{};
};
/// @errors forbidden
[[nodiscard]] Result<AuditPage> list_audit_entries(Service& service, const Caller& caller,
                                                   const ListAuditEntries& query);

struct AuditVerdict {
  std::int64_t entry_count = 0;  ///< entries that were checked
  std::string head_hash{};       ///< of the newest
  std::string problem{};         ///< the first thing that is wrong, in a sentence; empty when the chain holds
};
/// Reads the whole log in constant memory.
[[nodiscard]] Result<AuditVerdict> verify_audit_chain(store::Transaction& tx);
/// The same for somebody who may read the log.
/// @errors forbidden
[[nodiscard]] Result<AuditVerdict> verify_audit_log(Service& service, const Caller& caller);

}  // namespace mizan::app
