// Labels of one question, compressed by task: what every truth method reads.
//
// Each label is one packed code = annotator * class_count + label, in 16 bits when all codes fit and in 32
// otherwise; the labels of a task stand side by side. That is 2 or 4 bytes a label and 4 a task. The EM
// kernels stream the codes as they are (a code is the row of a table of log confusions); everything else uses
// `visit_task`.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/base/uninitialised.h"

namespace mizan::truth {

using TaskIndex = std::uint32_t;
using AnnotatorIndex = std::uint32_t;
using ClassIndex = std::uint32_t;

/// One label as a caller may hand it over; rows in the order in which they were made.
struct LabelRow {
  TaskIndex task;
  AnnotatorIndex annotator;
  ClassIndex label;
};

/// What to do when an annotator labelled a task more than once.
enum class Repeats : std::uint8_t {
  keep_last,  ///< the last one counts, as a correction; the others are counted and dropped
  keep_all,   ///< each counts as a label of its own (a study that asked the same person again on purpose)
};

/// Immutable after building; safe to read from any thread. Tasks without labels are allowed.
class LabelMatrix {
 public:
  /// From three columns of equal length (the label column may hold `no_label`, whose rows are skipped).
  /// @errors invalid_argument: an index out of range, columns of unequal length; too_few_classes: class_count
  /// < 2;
  ///         too_many_classes: annotator_count * class_count does not fit 32 bits
  /// @cost   O(rows + tasks) time, parallel; 4 or 6 bytes a row (of which 2 or 4 stay) and 4 a task; order
  /// within a task is the order of the rows
  static Result<LabelMatrix> from_columns(ThreadPool& pool, std::span<const TaskIndex> task,
                                          std::span<const AnnotatorIndex> annotator,
                                          std::span<const std::uint16_t> label, std::size_t task_count,
                                          std::size_t annotator_count, std::size_t class_count,
                                          Repeats repeats = Repeats::keep_last);
  /// The same from rows; for tests and small inputs.
  static Result<LabelMatrix> from_rows(std::span<const LabelRow> rows, std::size_t task_count,
                                       std::size_t annotator_count, std::size_t class_count,
                                       Repeats repeats = Repeats::keep_last);

  [[nodiscard]] std::size_t task_count() const { return offsets_.size() - 1; }
  [[nodiscard]] std::size_t annotator_count() const { return annotator_count_; }
  [[nodiscard]] std::size_t class_count() const { return class_count_; }
  [[nodiscard]] std::size_t label_count() const { return offsets_.back(); }
  /// How many rows were dropped because the same annotator labelled the same task again later.
  [[nodiscard]] std::size_t repeat_count() const { return repeat_count_; }

  [[nodiscard]] std::size_t label_count_of_task(TaskIndex task) const {
    return offsets_[task + 1] - offsets_[task];
  }

  /// Calls visit(annotator, label) for each label of a task, in order. The label at place p of a task is
  /// label number offsets()[task] + p.
  template <class Visit>
  void visit_task(TaskIndex task, Visit&& visit) const {
    visit_range(offsets_[task], offsets_[task + 1], visit);
  }

  /// [task_count+1] where the labels of each task begin.
  [[nodiscard]] std::span<const std::uint32_t> offsets() const { return offsets_; }
  [[nodiscard]] bool has_narrow_codes() const { return codes_.index() == 0; }
  [[nodiscard]] std::span<const std::uint16_t> narrow_codes() const { return std::get<0>(codes_); }
  [[nodiscard]] std::span<const std::uint32_t> wide_codes() const { return std::get<1>(codes_); }

 private:
  LabelMatrix() = default;
  template <class Code>
  friend class LabelMatrixBuilder;

  template <class Visit>
  void visit_range(std::size_t begin, std::size_t end, Visit&& visit) const {
    if (const auto* narrow = std::get_if<0>(&codes_)) {
      for (std::size_t i = begin; i < end; ++i) decode((*narrow)[i], visit);
    } else {
      const auto& wide = std::get<1>(codes_);
      for (std::size_t i = begin; i < end; ++i) decode(wide[i], visit);
    }
  }
  template <class Visit>
  void decode(std::uint32_t code, Visit&& visit) const {
    // code / class_count_ by a multiplication: exact for 32-bit codes, since reciprocal_ = ceil(2^64 /
    // class_count).
    const auto annotator =
        static_cast<AnnotatorIndex>((static_cast<unsigned __int128>(code) * reciprocal_) >> 64);
    visit(annotator, code - annotator * static_cast<std::uint32_t>(class_count_));
  }

  UninitialisedVector<std::uint32_t> offsets_ = UninitialisedVector<std::uint32_t>(1, 0U);
  std::variant<UninitialisedVector<std::uint16_t>, UninitialisedVector<std::uint32_t>> codes_;
  std::size_t annotator_count_ = 0;
  std::size_t class_count_ = 0;
  std::size_t repeat_count_ = 0;
  std::uint64_t reciprocal_ = 0;
};

/// The same labels by annotator: for methods that walk an annotator's labels.
struct LabelsByAnnotator {
  std::vector<std::uint32_t> offsets;  ///< [annotator_count+1]
  std::vector<TaskIndex> task;         ///< [label_count] ascending within an annotator
  std::vector<std::uint16_t> label;    ///< [label_count]
};
[[nodiscard]] LabelsByAnnotator by_annotator(const LabelMatrix& labels);

}  // namespace mizan::truth
