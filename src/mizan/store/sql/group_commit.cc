#include "mizan/store/sql/group_commit.h"

#include <exception>
#include <string>
#include <utility>

namespace mizan::store {
namespace {

thread_local bool runs_a_write = false;

// What a write returned, or the failure of a statement that it did not pass on. A function that throws ends
// here, not the thread that all writes need.
Result<void> run_one(Transaction& transaction, const TransactionFn& fn) {
  Result<void> outcome;
  runs_a_write = true;
  try {
    outcome = fn(transaction);
  } catch (const std::exception& thrown) {
    outcome = fail(ErrorCode::internal, std::string("a change threw: ") + thrown.what());
  }
  runs_a_write = false;
  if (outcome && transaction.failure()) return fail(*transaction.failure());
  return outcome;
}

// Runs the writes one after the other. An error of the transaction as a whole ends it.
Result<GroupEnd> run_unshielded(Connection& connection, std::span<PendingWrite> group) {
  for (PendingWrite& write : group) {
    const std::int64_t before = connection.change_count();
    Transaction transaction(connection);
    write.outcome = run_one(transaction, write.fn);
    if (const auto& failure = transaction.failure(); failure && ends_transaction(failure->code))
      return fail(*failure);
    if (!write.outcome && connection.change_count() != before) return GroupEnd::spoilt;
  }
  return GroupEnd::committed;
}

Result<void> run_inside_savepoint(Connection& connection, PendingWrite& write) {
  MIZAN_CHECK_OK(connection.savepoint());
  Transaction transaction(connection);
  write.outcome = run_one(transaction, write.fn);
  if (const auto& failure = transaction.failure(); failure && ends_transaction(failure->code))
    return fail(*failure);
  if (write.outcome) write.outcome = connection.release();
  if (write.outcome) return {};
  if (ends_transaction(write.outcome.error().code)) return write.outcome;
  return connection.rollback_to();
}

Result<GroupEnd> run_shielded(Connection& connection, std::span<PendingWrite> group) {
  for (PendingWrite& write : group) MIZAN_CHECK_OK(run_inside_savepoint(connection, write));
  return GroupEnd::committed;
}

}  // namespace

bool inside_a_write() {
  return runs_a_write;
}

bool ends_transaction(ErrorCode code) {
  switch (code) {
    case ErrorCode::database_unavailable:
    case ErrorCode::database_full:
    case ErrorCode::database_corrupt:
    case ErrorCode::serialisation_failure:
      return true;
    default:
      return false;
  }
}

Result<GroupEnd> run_group(Connection& connection, std::span<PendingWrite> group, Shield shield) {
  MIZAN_CHECK_OK(connection.begin(Access::write));
  auto end =
      shield == Shield::savepoints ? run_shielded(connection, group) : run_unshielded(connection, group);
  if (end && *end == GroupEnd::spoilt) {
    connection.rollback();
    // Alone, there is no neighbour whose changes were undone with its own.
    return group.size() == 1 ? GroupEnd::committed : GroupEnd::spoilt;
  }
  if (end) {
    if (auto committed = connection.commit(); !committed) end = fail(std::move(committed).error());
  }
  if (end) return end;
  connection.rollback();
  // A queued statement broke a rule, and nobody knows whose it was.
  if (group.size() > 1 && shield == Shield::none && !ends_transaction(end.error().code))
    return GroupEnd::spoilt;
  return end;
}

}  // namespace mizan::store
