// Finding the labels of one question of one task among sorted ones.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "mizan/domain/ids.h"
#include "mizan/store/quality/labels.h"

namespace mizan::app {

/// @in labels  by task, then question: as the store gives them
[[nodiscard]] inline std::span<const store::TaskLabel> labels_of_row(
    const std::vector<store::TaskLabel>& labels, domain::TaskId task, std::string_view question) {
  const auto place = [](const store::TaskLabel& label) {
    return std::tuple(label.task, std::string_view(label.question));
  };
  const std::tuple wanted(task, question);
  const auto begin = std::partition_point(labels.begin(), labels.end(),
                                          [&](const auto& label) { return place(label) < wanted; });
  const auto end =
      std::partition_point(begin, labels.end(), [&](const auto& label) { return place(label) == wanted; });
  return {begin, end};
}

}  // namespace mizan::app
