// The rows of the audit log. What the hashes mean: app/access/audit_log.h.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct AuditEntryRow {
  std::int64_t entry_number = 0;
  Instant at;
  std::string actor;
  std::string action;
  std::string subject;
  std::string details;
  std::string address;
  std::string request_id;
  std::string previous_hash;
  std::string hash;
};

struct AuditHead {
  std::int64_t entry_number = 0;
  std::string hash;
};

/// The newest entry. `lock_audit_head` keeps every other writer of the log waiting until this transaction
/// ends.
/// @errors database_corrupt: the row is gone
[[nodiscard]] Result<AuditHead> read_audit_head(Transaction& tx);
[[nodiscard]] Result<AuditHead> lock_audit_head(Transaction& tx);

/// Adds the entry and makes it the head.
[[nodiscard]] Result<void> append_audit_entry(Transaction& tx, const AuditEntryRow& entry);

/// How the texts of an entry begin; empty = any.
struct AuditFilter {
  std::string action{};
  std::string actor{};
  std::string subject{};
};

/// Entries with a smaller number than `before`, newest first.
/// @cost   without a filter O(limit), with one up to the length of the log
[[nodiscard]] Result<std::vector<AuditEntryRow>> list_audit_entries(Transaction& tx, std::int64_t before,
                                                                    const AuditFilter& filter,
                                                                    std::int64_t limit);

/// All entries, oldest first, in constant memory.
[[nodiscard]] Result<void> for_each_audit_entry(
    Transaction& tx, const std::function<Result<void>(const AuditEntryRow&)>& look);

}  // namespace mizan::store
