// Node numbers: every process that opens the database takes the next one, so that no two make the same id.
#pragma once

#include <cstdint>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/store/database.h"

namespace mizan::store {

/// The next of 1024 numbers, round and round: a process that is 1024 starts younger may have the same one,
/// and by then the clock has moved on.
/// @out 0 … 1023
[[nodiscard]] Result<std::uint32_t> take_node_number(Database& database, Instant now);

}  // namespace mizan::store
