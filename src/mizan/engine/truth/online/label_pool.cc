#include "mizan/engine/truth/online/label_pool.h"

#include <algorithm>
#include <bit>

namespace mizan::truth {

TaskIndex LabelPool::add_task() {
  tasks_.emplace_back();
  return static_cast<TaskIndex>(tasks_.size() - 1);
}

std::size_t LabelPool::place_of(const Stretch& stretch, AnnotatorIndex annotator) const {
  std::size_t place = stretch.begin;
  const std::size_t end = place + stretch.count;
  while (place < end && annotators_[place] != annotator) ++place;
  return place;
}

std::optional<ClassIndex> LabelPool::find(TaskIndex task, AnnotatorIndex annotator) const {
  const Stretch& stretch = tasks_[task];
  const std::size_t place = place_of(stretch, annotator);
  if (place == stretch.begin + stretch.count) return std::nullopt;
  return labels_[place];
}

// Stretches are powers of two long; one that grows leaves its place to the next of its old size.
void LabelPool::grow(Stretch& stretch) {
  const std::uint32_t capacity = stretch.capacity == 0 ? 1 : 2 * stretch.capacity;
  const auto size_class = static_cast<std::size_t>(std::countr_zero(capacity));
  if (free_.size() <= size_class) free_.resize(size_class + 1);
  std::uint32_t begin = 0;
  if (free_[size_class].empty()) {
    begin = static_cast<std::uint32_t>(annotators_.size());
    annotators_.resize(begin + std::size_t{capacity});
    labels_.resize(begin + std::size_t{capacity});
  } else {
    begin = free_[size_class].back();
    free_[size_class].pop_back();
  }
  std::copy_n(annotators_.begin() + stretch.begin, stretch.count, annotators_.begin() + begin);
  std::copy_n(labels_.begin() + stretch.begin, stretch.count, labels_.begin() + begin);
  if (stretch.capacity > 0) free_[size_class - 1].push_back(stretch.begin);
  stretch.begin = begin;
  stretch.capacity = capacity;
}

void LabelPool::put(TaskIndex task, AnnotatorIndex annotator, ClassIndex label) {
  Stretch& stretch = tasks_[task];
  std::size_t place = place_of(stretch, annotator);
  if (place == stretch.begin + stretch.count) {
    if (stretch.count == stretch.capacity) grow(stretch);
    place = stretch.begin + stretch.count++;
    ++label_count_;
  }
  annotators_[place] = annotator;
  labels_[place] = static_cast<std::uint16_t>(label);
}

bool LabelPool::remove(TaskIndex task, AnnotatorIndex annotator) {
  Stretch& stretch = tasks_[task];
  const std::size_t place = place_of(stretch, annotator);
  const std::size_t end = stretch.begin + stretch.count;
  if (place == end) return false;
  for (std::size_t i = place; i + 1 < end; ++i) {
    annotators_[i] = annotators_[i + 1];
    labels_[i] = labels_[i + 1];
  }
  --stretch.count;
  --label_count_;
  return true;
}

}  // namespace mizan::truth
