#include "mizan/store/upkeep/turns.h"

namespace mizan::store {
namespace {

constexpr Query kTakeTurn{
    "take_turn",
    "INSERT INTO worker_turns (turn, node_number, until_us) VALUES ($1, $2, $3) "
    "ON CONFLICT (turn) DO UPDATE SET node_number = excluded.node_number, until_us = excluded.until_us "
    "WHERE worker_turns.until_us <= $4 OR worker_turns.node_number = excluded.node_number"};
constexpr Query kReleaseTurn{"release_turn", "DELETE FROM worker_turns WHERE turn = $1 AND node_number = $2"};

}  // namespace

Result<bool> take_turn(Transaction& tx, const Turn& turn, Instant now, Instant until) {
  MIZAN_TRY(const auto changed, tx.execute(kTakeTurn, turn.name, turn.node_number, until, now));
  return changed == 1;
}

Result<void> release_turn(Transaction& tx, const Turn& turn) {
  return tx.queue(kReleaseTurn, turn.name, turn.node_number);
}

}  // namespace mizan::store
