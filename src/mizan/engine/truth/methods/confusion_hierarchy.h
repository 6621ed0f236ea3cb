// The levels above the annotators: everybody, then suppliers. A prior is learned from the annotators of its
// level and pulled to the level above; the top is pulled to (diagonal right, off_diagonal for each wrong
// answer). Shared by the batch fit (ibcc.h) and the live model (online/online_model.h). Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/truth/methods/confusion_prior.h"

namespace mizan::truth {

/// An annotator whose supplier is not known is like everybody.
inline constexpr std::uint32_t kNoSupplier = 0xffff'ffff;

struct HierarchyOptions {
  double diagonal = 4;
  double off_diagonal = 1;
  double strength = 10;  ///< annotators that the pull of each level to the one above is worth
};

struct ConfusionHierarchy {
  ConfusionPrior everybody;
  std::vector<ConfusionPrior> suppliers;

  /// What is believed of the annotators of a supplier; kNoSupplier = everybody.
  [[nodiscard]] const ConfusionPrior& of(std::uint32_t supplier) const {
    return supplier < suppliers.size() ? suppliers[supplier] : everybody;
  }
};

/// Nothing learned yet: every level is the top's two numbers.
[[nodiscard]] ConfusionHierarchy flat_hierarchy(std::size_t class_count, std::size_t supplier_count,
                                                const HierarchyOptions& options);

/// Every level fitted anew.
/// @in  counts      [W*K, K] expected counts, row = annotator * K + label, column = right answer
/// @in  supplier_of [W], or empty = nobody has a supplier
/// @cost that of fit_prior, once for everybody and once a supplier
[[nodiscard]] ConfusionHierarchy learn_hierarchy(const Table& counts,
                                                 std::span<const std::uint32_t> supplier_of,
                                                 std::size_t supplier_count, const HierarchyOptions& options);

}  // namespace mizan::truth
