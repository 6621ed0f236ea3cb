// Reading a file of labels, whatever its format: the one door through which labels come in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/progress.h"
#include "mizan/base/result.h"
#include "mizan/dataset/columns.h"
#include "mizan/dataset/format.h"
#include "mizan/dataset/input.h"
#include "mizan/dataset/oddities.h"
#include "mizan/domain/label_table.h"

namespace mizan::dataset {

struct ReadOptions {
  std::string path{};              ///< "-" = standard input
  std::optional<Format> format{};  ///< found by looking, if not given
  ColumnRoles roles{};             ///< overrides of what would be recognised
  bool has_header = true;  ///< delimited text: false = the first line is data; name columns by position
  bool strict = false;     ///< whatever would be refused or treated as unknown is an error
  /// Label Studio's predictions and Argilla's suggestions are labels too, of a supplier "model".
  bool with_predictions = false;
  std::string currency{};               ///< ISO 4217 code of prices without a symbol; empty = not said
  std::size_t chunk_bytes = 512 << 10;  ///< how text is cut for threads; the result does not depend on it
};

struct ReadOutcome {
  domain::LabelTable table;
  std::vector<ColumnUse> columns;
  std::vector<Oddity> oddities;
  std::uint64_t row_count = 0;       ///< rows with data, used or not
  std::uint64_t used_row_count = 0;  ///< rows of `table`
  std::uint64_t byte_count = 0;      ///< of the input as stored, before decompression
  Format format = Format::csv;
};

/// Reads and checks a whole input. Rows that cannot be used are refused and counted as oddities with their
/// line and reason; none is dropped without a trace. Classes are sorted (as numbers if all are numbers, else
/// by bytes); tasks, annotators and suppliers stand in order of first appearance. The same input gives the
/// same outcome for any number of threads.
/// @errors file_not_found, file_unreadable, empty_input, malformed_compression, not_utf8, malformed_csv,
///         malformed_json, malformed_parquet, missing_column, ambiguous_column, duplicate_column,
///         no_usable_rows, too_many_classes, bad_number (prices in two currencies), cancelled; with `strict`
///         also unusable_row, bad_number, bad_gold
/// @cost   O(bytes), parallel; about 60 bytes a row while reading, 10 a row and the dictionaries afterwards
[[nodiscard]] Result<ReadOutcome> read_labels(const ReadOptions& options, ThreadPool& pool,
                                              const Progress& progress);

/// The same for an input that is already open; options.path is not looked at.
[[nodiscard]] Result<ReadOutcome> read_labels(const Input& input, const ReadOptions& options,
                                              ThreadPool& pool, const Progress& progress);

}  // namespace mizan::dataset
