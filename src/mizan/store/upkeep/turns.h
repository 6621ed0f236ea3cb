// Turns: background work that only one node of all does at a time. A node takes a turn until a time, renews
// it while it works, and gives it back; when it dies, the turn is free at that time.
#pragma once

#include <cstdint>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct Turn {
  std::string_view name;  ///< "publisher", "webhooks" …
  std::uint32_t node_number;
};

/// Takes a turn that is free or over, or renews this node's own. The clocks of nodes may differ by less than
/// a turn's length.
/// @out whether this node has the turn until then
[[nodiscard]] Result<bool> take_turn(Transaction& tx, const Turn& turn, Instant now, Instant until);
/// Gives this node's turn back; nothing when another node has it.
[[nodiscard]] Result<void> release_turn(Transaction& tx, const Turn& turn);

}  // namespace mizan::store
