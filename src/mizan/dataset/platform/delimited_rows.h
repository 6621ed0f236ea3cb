// The rows of a delimited export with a fixed header, by the names of its columns. For formats whose rows
// need more thought than a plan of columns; plain tables are read by csv_reader.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/dataset/csv/scanner.h"

namespace mizan::dataset {

/// A row's cells, as many as the header has; a row that is shorter ends in empty cells.
struct ExportRow {
  std::span<const std::string_view> cells;
  std::uint64_t line;
  std::string refusal;  ///< why the row cannot be used; empty = it can

  [[nodiscard]] std::string_view cell(std::optional<std::size_t> column) const {
    return column ? cells[*column] : std::string_view{};
  }
};

/// Not thread-safe.
class DelimitedRows {
 public:
  /// Reads the header of a text that is known to be UTF-8 and outlives the rows.
  /// @errors malformed_csv, duplicate_column
  [[nodiscard]] static Result<DelimitedRows> open(std::string_view text, csv::Dialect dialect,
                                                  std::string name);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
  /// @errors missing_column, with the columns that are there
  [[nodiscard]] Result<std::size_t> require(std::string_view column) const;
  /// The columns whose name begins with `prefix`, in their order.
  [[nodiscard]] std::vector<std::size_t> with_prefix(std::string_view prefix) const;

  /// Calls visit(const ExportRow&) for each row that is not blank.
  /// @errors malformed_csv: a quote that is not closed
  template <class Visit>
  [[nodiscard]] Result<void> for_each(const Visit& visit) const {
    csv::Scanner scanner(dialect_);
    Buffers buffers(columns_.size());
    const auto end = scanner.scan(text_, rows_begin_, text_.size(), [&](const csv::Row& row) {
      const ExportRow cells = cells_of(row, buffers);
      if (!is_blank(cells)) visit(cells);
    });
    return check(end);
  }

 private:
  struct Buffers {
    explicit Buffers(std::size_t count) : cells(count), texts(count) {}
    std::vector<std::string_view> cells;
    std::vector<std::string> texts;  // of cells with doubled quotes
  };

  DelimitedRows(std::string_view text, csv::Dialect dialect, std::string name);
  [[nodiscard]] Result<void> read_header();
  [[nodiscard]] ExportRow cells_of(const csv::Row& row, Buffers& buffers) const;
  [[nodiscard]] static bool is_blank(const ExportRow& row);
  [[nodiscard]] Result<void> check(const csv::ScanResult& end) const;

  std::string_view text_;
  csv::Dialect dialect_;
  std::string name_;
  std::vector<std::string> columns_{};
  std::size_t rows_begin_ = 0;
  std::uint64_t lines_before_ = 0;
};

}  // namespace mizan::dataset
