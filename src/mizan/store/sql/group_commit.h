// Many writes in one transaction: the heart of both writers (docs/adr/0010-group-commit.md).
#pragma once

#include <cstdint>
#include <span>

#include "mizan/base/result.h"
#include "mizan/store/sql/connection.h"
#include "mizan/store/sql/pending_write.h"

namespace mizan::store {

enum class Shield : std::uint8_t {
  none,        ///< a write that fails after it has changed something spoils the whole group
  savepoints,  ///< it is undone alone
};

enum class GroupEnd : std::uint8_t {
  committed,  ///< every outcome stands: the changes of those that succeeded are durable
  spoilt,     ///< everything was undone, no outcome stands: run the group again with a shield, or one by one
};

/// Runs every write of the group in one transaction and commits it. Without a shield nothing is paid for
/// those that succeed, nor for those that fail before they have changed anything; a group of one needs no
/// shield.
/// @out GroupEnd; in each write its outcome
/// @errors of the transaction as a whole: database_unavailable, database_full, database_corrupt,
/// serialisation_failure.
///         Everything was undone (or, when the connection broke during the commit, nobody knows)
[[nodiscard]] Result<GroupEnd> run_group(Connection& connection, std::span<PendingWrite> group,
                                         Shield shield);

/// Whether this thread is running a write now: waiting for another one would never end.
[[nodiscard]] bool inside_a_write();

/// Whether an error means that the whole transaction is lost, whatever its functions say.
[[nodiscard]] bool ends_transaction(ErrorCode code);

}  // namespace mizan::store
