// What each annotator answered, in the order of answering: what checks of behaviour read.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/domain/label_table.h"

namespace mizan::integrity {

struct AnswerLog {
  std::vector<std::uint32_t> offsets;  ///< [W+1]
  std::vector<std::uint32_t>
      task;  ///< [rows] by annotator, within one by time where all times are known, else by row
  std::vector<std::uint16_t> label;  ///< [rows]
  std::vector<float> seconds;        ///< [rows] NaN = unknown; empty when the table has no times spent

  [[nodiscard]] std::size_t annotator_count() const { return offsets.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> tasks_of(std::size_t annotator) const {
    return std::span(task).subspan(offsets[annotator], offsets[annotator + 1] - offsets[annotator]);
  }
  [[nodiscard]] std::span<const std::uint16_t> labels_of(std::size_t annotator) const {
    return std::span(label).subspan(offsets[annotator], offsets[annotator + 1] - offsets[annotator]);
  }
};

/// Rows without an answer to the question are left out. O(rows), O(rows log rows) with times.
[[nodiscard]] AnswerLog answer_log(const domain::LabelTable& table, const domain::Question& question);

}  // namespace mizan::integrity
