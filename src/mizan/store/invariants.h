// What must always be true of the rows of a database, as queries that find what is not.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/query.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// One thing that must be true.
struct Invariant {
  std::string_view name;            ///< stable: "overlap_is_kept"
  std::string_view claim;           ///< what is true when all is well
  std::string_view subject_prefix;  ///< of the id of what breaks it: "tsk"
  Query query;                      ///< rows that break it: project_id, subject_id, found (text)
};

/// Every invariant that a query can tell, in the order they are checked.
[[nodiscard]] std::span<const Invariant> invariants();

struct Breach {
  domain::ProjectId project_id;
  std::string subject;  ///< "tsk_…", or a number where the subject has no id
  std::string found;    ///< what the row says instead
};

/// Gives the first `limit` breaches to the sink and counts all of them.
/// @cost O(rows of the tables that the invariant speaks of): for doctor, not for the hot path
[[nodiscard]] Result<std::int64_t> find_breaches(Transaction& tx, const Invariant& invariant,
                                                 std::int64_t limit,
                                                 const std::function<void(const Breach&)>& sink);

}  // namespace mizan::store
