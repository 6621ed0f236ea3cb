// Wawa (worker agreement with aggregate): vote once, then vote again with every annotator weighted by how
// often the first vote agreed with them. No iterations; hard to break.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct WawaOptions {};

/// Weighted vote shares; `skill` is the weight: agreement with majority, or with gold where there is gold.
/// @cost O(labels); deterministic; thread-safe
/// @source Appen/Figure Eight practice; the definition of crowd-kit's `Wawa`
[[nodiscard]] Result<Belief> wawa(const Evidence& evidence, const WawaOptions& options, Run run);

}  // namespace mizan::truth
