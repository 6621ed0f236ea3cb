// What the labels cannot tell, whatever the method: said before anybody trusts a number.
#pragma once

#include <vector>

#include "mizan/engine/truth/blend/note.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// How annotators hang together: two are linked when they label a task in common, and every gold task links
/// all who label it to the truth itself.
struct Connectivity {
  std::size_t group_count = 0;            ///< groups of annotators with labels that share no task with others
  std::size_t largest_group = 0;          ///< annotators in the largest group
  std::size_t annotator_count = 0;        ///< annotators with labels
  std::size_t unlinked_without_gold = 0;  ///< annotators outside the largest group in groups without gold
};

/// @cost O(labels + annotators)
[[nodiscard]] Connectivity connectivity(const Evidence& evidence);

struct IdentifiabilityOptions {
  std::size_t few_gold = 20;          ///< fewer gold tasks than this are called few
  std::size_t rare_class_labels = 5;  ///< a class given fewer times than this is called rare
  double mostly_one_label = 0.5;      ///< share of tasks with one label from which it is worth saying
  double few_labels_per_task = 2;     ///< mean below which mistakes can hide
};

/// Notes in the order of the catalogue: one_label_per_task | mostly_one_label {share},
/// disconnected_annotators {count} | disconnected_groups {group_count}, more_classes_than_labels
/// {class_count, label_count}, rare_classes {count, classes}, one_class {class}, one_annotator, no_gold |
/// few_gold {count} | gold_assumed_random, few_labels_per_task {labels_per_task}. Empty when the labels leave
/// no doubt of these kinds.
/// @cost O(labels + tasks); deterministic; thread-safe
[[nodiscard]] std::vector<Note> identifiability(const Evidence& evidence,
                                                const IdentifiabilityOptions& options = {});

}  // namespace mizan::truth
