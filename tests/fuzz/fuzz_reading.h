// What the fuzzers of readers share: read some bytes, and hold the outcome to its promises.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mizan/base/assert.h"
#include "mizan/dataset/read_labels.h"
#include "support/label_rows.h"

namespace mizan::fuzz {

/// Every index is inside its dictionary, every column has its rows: what LabelTable promises.
inline void check_table(const domain::LabelTable& table) {
  const std::size_t rows = table.row_count();
  MIZAN_ASSERT(rows > 0 && table.annotator.size() == rows && !table.questions.empty());
  MIZAN_ASSERT(table.price_micros.empty() || table.price_micros.size() == rows);
  MIZAN_ASSERT(table.seconds.empty() || table.seconds.size() == rows);
  MIZAN_ASSERT(table.time_us.empty() || table.time_us.size() == rows);
  MIZAN_ASSERT(!table.has_suppliers() || table.supplier_of_annotator.size() == table.annotators.size());
  for (const std::uint32_t task : table.task) MIZAN_ASSERT(task < table.tasks.size());
  for (const std::uint32_t annotator : table.annotator) MIZAN_ASSERT(annotator < table.annotators.size());
  for (const std::uint32_t supplier : table.supplier_of_annotator)
    MIZAN_ASSERT(supplier < table.suppliers.size());
  for (const domain::Question& question : table.questions) {
    MIZAN_ASSERT(question.label.size() == rows && question.classes.size() <= domain::kMaxClasses);
    for (const domain::ClassCode label : question.label)
      MIZAN_ASSERT(label == domain::kNoLabel || label < question.classes.size());
    for (const domain::GoldAnswer& gold : question.gold)
      MIZAN_ASSERT(gold.task < table.tasks.size() && gold.answer < question.classes.size());
  }
}

/// An error says what is wrong and where.
inline void check_error(const Error& error) {
  MIZAN_ASSERT(!error.message.empty() && !error.where.empty());
  MIZAN_ASSERT(error.code != ErrorCode::internal);
}

inline Result<dataset::ReadOutcome> read(std::string_view bytes, const dataset::ReadOptions& options) {
  static ThreadPool pool(1);
  static const Progress progress;
  auto outcome =
      dataset::read_labels(dataset::Input::of_bytes(std::string(bytes), "fuzz"), options, pool, progress);
  if (outcome) {
    check_table(outcome->table);
    MIZAN_ASSERT(outcome->used_row_count == outcome->table.row_count());
    MIZAN_ASSERT(outcome->used_row_count <= outcome->row_count);
  } else if (!bytes.empty()) {
    check_error(outcome.error());
  }
  return outcome;
}

/// The same bytes give the same outcome, however the text is cut for threads.
inline void read_whole_and_in_pieces(std::string_view bytes, dataset::ReadOptions options) {
  const auto whole = read(bytes, options);
  options.chunk_bytes = 16;
  const auto pieces = read(bytes, options);
  MIZAN_ASSERT(whole.has_value() == pieces.has_value());
  if (whole) {
    MIZAN_ASSERT(test::rows_of(whole->table) == test::rows_of(pieces->table));
  } else {
    MIZAN_ASSERT(to_string(whole.error()) == to_string(pieces.error()));
  }
}

}  // namespace mizan::fuzz
