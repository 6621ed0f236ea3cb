#include "mizan/base/id_maker.h"

#include <algorithm>

#include "mizan/base/assert.h"

namespace mizan {
namespace {

constexpr std::int64_t kEpochMs = 1'704'067'200'000;  // 2024-01-01
constexpr int kSequenceBits = 12;
constexpr int kNodeBits = 10;

}  // namespace

IdMaker::IdMaker(std::uint32_t node, const Clock& clock)
    : clock_(clock), node_bits_(std::int64_t{node} << kSequenceBits) {
  MIZAN_ASSERT(node < 1U << kNodeBits);
}

std::int64_t IdMaker::next() {
  const std::int64_t now = std::max<std::int64_t>(1, clock_.now().us / 1000 - kEpochMs) << kSequenceBits;
  std::int64_t last = last_tick_.load();
  std::int64_t tick = 0;
  do {
    tick = std::max(last + 1, now);
  } while (!last_tick_.compare_exchange_weak(last, tick));
  constexpr std::int64_t kSequenceMask = (1 << kSequenceBits) - 1;
  return (tick >> kSequenceBits) << (kSequenceBits + kNodeBits) | node_bits_ | (tick & kSequenceMask);
}

}  // namespace mizan
