#include "mizan/app/access/audit_log.h"

#include <limits>
#include <utility>

#include "mizan/app/service.h"
#include "mizan/secrets/digest.h"

namespace mizan::app {
namespace {

void add_field(std::string& bytes, std::string_view field) {
  bytes += std::to_string(field.size());
  bytes += ':';
  bytes += field;
}

std::string hash_of(const store::AuditEntryRow& entry) {
  std::string bytes;
  add_field(bytes, entry.previous_hash);
  add_field(bytes, std::to_string(entry.entry_number));
  add_field(bytes, std::to_string(entry.at.us));
  add_field(bytes, entry.actor);
  add_field(bytes, entry.action);
  add_field(bytes, entry.subject);
  add_field(bytes, entry.details);
  add_field(bytes, entry.address);
  add_field(bytes, entry.request_id);
  return secrets::to_hex(secrets::sha256(bytes));
}

std::string actor_of(const Caller& caller) {
  if (caller.is_system) return "mizan";
  if (!caller.is_signed_in()) return "nobody";
  std::string actor = to_text(caller.account);
  if (caller.api_key) actor += "/" + to_text(*caller.api_key);
  return actor;
}

/// What is wrong with an entry after `previous`; empty if nothing.
std::string fault_of(const store::AuditHead& previous, const store::AuditEntryRow& entry) {
  const std::string number = std::to_string(entry.entry_number);
  if (entry.entry_number != previous.entry_number + 1)
    return "entry " + std::to_string(previous.entry_number + 1) + " of the audit log is missing";
  if (entry.previous_hash != previous.hash)
    return "entry " + number + " of the audit log does not follow the one before";
  if (entry.hash != hash_of(entry)) return "entry " + number + " of the audit log was changed";
  return {};
}

}  // namespace

Result<void> record_audit(store::Transaction& tx, const Caller& caller, const AuditNote& note) {
  MIZAN_TRY(store::AuditHead head, store::lock_audit_head(tx));
  store::AuditEntryRow entry{.entry_number = head.entry_number + 1,
                             .at = note.at,
                             .actor = actor_of(caller),
                             .action = std::string(note.action),
                             .subject = std::string(note.subject),
                             .details = std::string(note.details),
                             .address = caller.address,
                             .request_id = caller.request_id,
                             .previous_hash = std::move(head.hash),
                             .hash = {}};
  entry.hash = hash_of(entry);
  return store::append_audit_entry(tx, entry);
}

Result<AuditPage> list_audit_entries(Service& service, const Caller& caller, const ListAuditEntries& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_audit_log, rules::kOrganisation));
  const std::int64_t end = query.before.value_or(std::numeric_limits<std::int64_t>::max());
  return service.database().read([&](store::Transaction& tx) -> Result<AuditPage> {
    AuditPage page;
    MIZAN_TRY(page.entries, store::list_audit_entries(tx, end, query.filter, query.limit));
    const bool is_full = static_cast<std::int64_t>(page.entries.size()) == query.limit;
    if (is_full && page.entries.back().entry_number > 1) page.next = page.entries.back().entry_number;
    return page;
  });
}

Result<AuditVerdict> verify_audit_chain(store::Transaction& tx) {
  MIZAN_TRY(const store::AuditHead head, store::read_audit_head(tx));
  AuditVerdict verdict;
  store::AuditHead previous;
  MIZAN_CHECK_OK(store::for_each_audit_entry(tx, [&](const store::AuditEntryRow& entry) -> Result<void> {
    if (verdict.problem.empty()) verdict.problem = fault_of(previous, entry);
    previous = {.entry_number = entry.entry_number, .hash = entry.hash};
    ++verdict.entry_count;
    return {};
  }));
  if (verdict.problem.empty() && previous.entry_number != head.entry_number)
    verdict.problem = "the audit log ends at entry " + std::to_string(previous.entry_number) +
                      ", but entry " + std::to_string(head.entry_number) + " was its newest";
  if (verdict.problem.empty() && previous.hash != head.hash)
    verdict.problem = "the newest entry of the audit log is not the one that was written last";
  verdict.head_hash = previous.hash;
  return verdict;
}

Result<AuditVerdict> verify_audit_log(Service& service, const Caller& caller) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_audit_log, rules::kOrganisation));
  return service.database().read([](store::Transaction& tx) { return verify_audit_chain(tx); });
}

}  // namespace mizan::app
