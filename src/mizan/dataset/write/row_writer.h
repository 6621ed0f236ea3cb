// A table that is written row by row, in pieces of text or of Parquet that the caller sends on as they come:
// constant memory, whatever the number of rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::dataset {

enum class RowFormat : std::uint8_t { jsonl, csv, parquet };

/// "jsonl", "csv", "parquet".
[[nodiscard]] std::string_view row_format_name(RowFormat format);
[[nodiscard]] std::optional<RowFormat> row_format_of(std::string_view name);
[[nodiscard]] std::string_view media_type_of(RowFormat format);

/// `json` cells hold JSON text: a value of its own in JSON lines, a text in the others.
enum class CellKind : std::uint8_t { text, whole, real, truth, json };

struct RowColumnSpec {
  std::string name;
  CellKind kind = CellKind::text;
};

/// Nothing, or a value of the column's kind. Texts must live until write() returns.
using RowCell = std::variant<std::monostate, std::string_view, std::int64_t, double, bool>;

/// Not thread-safe. One row of a file at a time; texts are UTF-8.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  /// One cell a column.
  [[nodiscard]] virtual Result<void> write(std::span<const RowCell> cells) = 0;
  /// Nothing may be written after it.
  [[nodiscard]] virtual Result<void> finish() = 0;
  /// The bytes so far, which the writer forgets.
  [[nodiscard]] std::string take() { return std::exchange(out_, {}); }

 protected:
  std::string out_{};
};

/// CSV: RFC 4180 with a header; nothing is an empty field. Parquet: zstd, a row group every 2^16 rows.
[[nodiscard]] Result<std::unique_ptr<RowWriter>> open_row_writer(RowFormat format,
                                                                 std::vector<RowColumnSpec> columns);
/// Of this folder only.
[[nodiscard]] Result<std::unique_ptr<RowWriter>> open_parquet_rows(const std::vector<RowColumnSpec>& columns);

}  // namespace mizan::dataset
