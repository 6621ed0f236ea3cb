#include "mizan/store/nodes.h"

namespace mizan::store {
namespace {

constexpr std::int64_t kNodeCount = 1024;

// One row a number would do; a row a start also says who was there when.
constexpr Query kTakeNode{"take_node",
                          "INSERT INTO nodes (node_number, started_at_us) "
                          "SELECT COALESCE(MAX(node_number), 0) + 1, $1 FROM nodes RETURNING node_number"};

}  // namespace

Result<std::uint32_t> take_node_number(Database& database, Instant now) {
  const auto take = [&](Transaction& tx) -> Result<std::uint32_t> {
    MIZAN_TRY(const std::int64_t number, tx.row(
                                             kTakeNode, [](const Row& row) { return row.integer(0); }, now));
    return static_cast<std::uint32_t>(number % kNodeCount);
  };
  // Two starts at once may read the same maximum; the key lets one of them in, the other looks again.
  constexpr int kAttempts = 20;
  for (int attempt = 1;; ++attempt) {
    auto number = database.write(take);
    if (number || number.error().code != ErrorCode::conflict || attempt == kAttempts) return number;
  }
}

}  // namespace mizan::store
