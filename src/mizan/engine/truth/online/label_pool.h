// The labels of every task, side by side in memory though they come and go: 6 bytes a label and 12 a task.
// Internal to engine/truth/online.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mizan/engine/truth/label_matrix.h"

namespace mizan::truth {

/// One annotator labels a task at most once. Not thread-safe.
class LabelPool {
 public:
  /// A new task without labels; its index.
  TaskIndex add_task();

  [[nodiscard]] std::size_t task_count() const { return tasks_.size(); }
  [[nodiscard]] std::size_t label_count() const { return label_count_; }
  [[nodiscard]] std::size_t label_count_of_task(TaskIndex task) const { return tasks_[task].count; }
  /// Bytes held, about.
  [[nodiscard]] std::size_t memory_bytes() const {
    return tasks_.capacity() * sizeof(Stretch) + annotators_.capacity() * 4 + labels_.capacity() * 2;
  }

  /// The label of an annotator, if there is one.  @cost O(labels of the task)
  [[nodiscard]] std::optional<ClassIndex> find(TaskIndex task, AnnotatorIndex annotator) const;

  /// Adds the label or replaces the annotator's earlier one.  @cost O(labels of the task)
  void put(TaskIndex task, AnnotatorIndex annotator, ClassIndex label);

  /// False when there was none. The order of the others stays.  @cost O(labels of the task)
  bool remove(TaskIndex task, AnnotatorIndex annotator);

  /// Calls visit(annotator, label) for each label of a task, in order of arrival.
  template <class Visit>
  void visit_task(TaskIndex task, Visit&& visit) const {
    const Stretch& stretch = tasks_[task];
    for (std::size_t i = stretch.begin; i < stretch.begin + stretch.count; ++i)
      visit(annotators_[i], static_cast<ClassIndex>(labels_[i]));
  }

 private:
  struct Stretch {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t capacity = 0;
  };

  [[nodiscard]] std::size_t place_of(const Stretch& stretch, AnnotatorIndex annotator) const;
  void grow(Stretch& stretch);

  std::vector<Stretch> tasks_;
  std::vector<AnnotatorIndex> annotators_;
  std::vector<std::uint16_t> labels_;
  std::vector<std::vector<std::uint32_t>> free_;  ///< [log2 capacity] where stretches that moved away began
  std::size_t label_count_ = 0;
};

}  // namespace mizan::truth
