// Labels as they were read, by column: what every reader produces and the engine builds its matrices from.
//
// One row = one annotation of one task by one annotator; each question has one label column beside the row's
// ids. Ids are interned: a column holds the index of a string in its Dictionary, in order of first
// appearance, so the same file gives the same numbers whatever the number of threads.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/domain/dictionary.h"

namespace mizan::domain {

using ClassCode = std::uint16_t;
/// A row that has no answer to a question.
inline constexpr ClassCode kNoLabel = std::numeric_limits<ClassCode>::max();
/// A choice question has at most this many classes.
inline constexpr std::size_t kMaxClasses = 4096;

/// A right answer that the lab knows.
struct GoldAnswer {
  std::uint32_t task;  ///< index in LabelTable::tasks
  ClassCode answer;    ///< index in Question::classes
};

/// One thing asked about every task, with its answers.
struct Question {
  std::string name;    ///< the column's name, or "label"
  Dictionary classes;  ///< the possible answers: those seen in labels, then those seen in gold alone
  std::vector<ClassCode> label;  ///< [row_count] index in classes, or kNoLabel
  std::vector<GoldAnswer> gold;  ///< at most one a task, sorted by task
};

/// Invariants: every index is inside its dictionary; every column has row_count() rows, or none where it is
/// optional.
struct LabelTable {
  Dictionary tasks;
  Dictionary
      annotators;  ///< one per (supplier, annotator id): the same id under two suppliers is two annotators
  Dictionary suppliers;  ///< empty when the input names no supplier

  std::vector<std::uint32_t> task;                   ///< [row_count]
  std::vector<std::uint32_t> annotator;              ///< [row_count]
  std::vector<std::uint32_t> supplier_of_annotator;  ///< [annotators.size()], or empty with suppliers
  std::vector<Question> questions;                   ///< at least one

  std::vector<std::int64_t>
      price_micros;  ///< [row_count] price of the row in millionths of `currency`; -1 = unknown; or empty
  std::vector<float> seconds;  ///< [row_count] time spent on the row; NaN = unknown; or empty
  std::vector<std::int64_t>
      time_us;  ///< [row_count] when it was submitted, microseconds UTC; INT64_MIN = unknown; or empty
  std::string currency;  ///< "USD" …, or empty

  [[nodiscard]] std::size_t row_count() const { return task.size(); }
  [[nodiscard]] bool has_suppliers() const { return suppliers.size() > 0; }
};

}  // namespace mizan::domain
