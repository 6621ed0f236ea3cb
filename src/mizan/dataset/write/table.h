// A table to be written: named columns that look at data kept elsewhere, and the two formats they go to.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/write/file_sink.h"
#include "mizan/domain/dictionary.h"

namespace mizan::dataset {

/// A cell without a value: an empty field in CSV, null in Parquet. For numbers it is NaN.
inline constexpr std::uint32_t kNoCode = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int64_t kNoCount = std::numeric_limits<std::int64_t>::min();

/// Strings by their index in a dictionary.
struct CodeCells {
  const domain::Dictionary* words;
  std::span<const std::uint32_t> codes;
};
struct TextCells {
  std::span<const std::string> texts;
};
struct CountCells {
  std::span<const std::int64_t> counts;
};
/// Every `stride`-th number from `first` on: a column of a row-major matrix needs no copy.
struct NumberCells {
  const double* first;
  std::size_t count;
  std::size_t stride = 1;
};

struct OutputColumn {
  std::string name;
  std::variant<CodeCells, TextCells, CountCells, NumberCells> cells;
};

/// Invariants: at least one column; all columns have the same number of cells; names are unique. The data
/// must outlive the table.
struct OutputTable {
  std::vector<OutputColumn> columns;

  [[nodiscard]] std::size_t row_count() const;
};

enum class TableFormat { csv, parquet };

/// ".csv" or ".parquet".
[[nodiscard]] std::string_view extension_of(TableFormat format);

/// Appends the whole table. CSV: RFC 4180 quoting, UTF-8 without a mark, LF, numbers in the shortest form
/// that reads back to the same double. Parquet: zstd, strings as dictionaries, 2^20 rows a group.
/// The bytes do not depend on the number of threads.
/// @errors file_unwritable
/// @cost   O(cells); memory for about 2^16 rows a thread (CSV) or one row group (Parquet)
[[nodiscard]] Result<void> append_table(FileSink& sink, const OutputTable& table, TableFormat format,
                                        ThreadPool& pool);
[[nodiscard]] Result<void> append_csv(FileSink& sink, const OutputTable& table, ThreadPool& pool);
[[nodiscard]] Result<void> append_parquet(FileSink& sink, const OutputTable& table);

}  // namespace mizan::dataset
