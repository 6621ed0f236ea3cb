// Makes ids that no other node makes and that grow with time.
#pragma once

#include <atomic>
#include <cstdint>

#include "mizan/base/clock.h"
#include "mizan/base/id.h"

namespace mizan {

/// 41 bits of milliseconds since 2024, 10 bits of node, 12 bits of sequence. Thread-safe, lock-free.
/// Invariant: values of one maker strictly increase, also when the clock steps back (the sequence then runs
/// ahead of the clock). Nodes that are alive at once must have different numbers.
class IdMaker {
 public:
  /// @in node  0 … 1023
  IdMaker(std::uint32_t node, const Clock& clock);

  template <class IdType>
  [[nodiscard]] IdType make() {
    return IdType{next()};
  }

 private:
  [[nodiscard]] std::int64_t next();

  const Clock& clock_;
  std::int64_t node_bits_;
  std::atomic<std::int64_t> last_tick_{0};  // milliseconds << 12 | sequence
};

}  // namespace mizan
