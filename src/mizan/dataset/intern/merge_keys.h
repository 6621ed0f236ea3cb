// Makes one dictionary of the key sets of consecutive parts of an input.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/dataset/intern/key_set.h"
#include "mizan/domain/dictionary.h"

namespace mizan::intern {

struct MergedKeys {
  domain::Dictionary dictionary;                   ///< in order of first appearance over the parts
  std::vector<std::vector<std::uint32_t>> number;  ///< [part][number in the part] -> number in the dictionary
};

/// The keys are scattered by hash into partitions small enough for a core's cache; each partition is interned
/// by itself, in the order of the parts; numbers are then given by place of first appearance. The result does
/// not depend on the number of threads.
/// @in     sets  one for each part, in order; at most 2^32-1 keys in all. Their lookup tables are not needed
/// @cost   O(keys) time, about 28 bytes a key while it runs
[[nodiscard]] MergedKeys merge_keys(ThreadPool& pool, std::span<const KeySet* const> sets);

}  // namespace mizan::intern
