#include "mizan/engine/truth/methods/confusion_hierarchy.h"

#include <numeric>

namespace mizan::truth {

ConfusionHierarchy flat_hierarchy(std::size_t class_count, std::size_t supplier_count,
                                  const HierarchyOptions& options) {
  const ConfusionPrior top = flat_prior(class_count, options.diagonal, options.off_diagonal);
  return {top, std::vector<ConfusionPrior>(supplier_count, top)};
}

ConfusionHierarchy learn_hierarchy(const Table& counts, std::span<const std::uint32_t> supplier_of,
                                   std::size_t supplier_count, const HierarchyOptions& options) {
  const std::size_t classes = counts.columns;
  std::vector<AnnotatorIndex> all(counts.rows / classes);
  std::iota(all.begin(), all.end(), 0U);
  ConfusionHierarchy learned = flat_hierarchy(classes, supplier_count, options);
  learned.everybody = fit_prior(counts, all, learned.everybody, options.strength);
  std::vector<std::vector<AnnotatorIndex>> members(supplier_count);
  for (const AnnotatorIndex annotator : all)
    if (!supplier_of.empty() && supplier_of[annotator] < supplier_count)
      members[supplier_of[annotator]].push_back(annotator);
  for (std::size_t supplier = 0; supplier < supplier_count; ++supplier)
    learned.suppliers[supplier] = fit_prior(counts, members[supplier], learned.everybody, options.strength);
  return learned;
}

}  // namespace mizan::truth
