#include "mizan/dataset/platform/delimited_rows.h"

#include <algorithm>
#include <utility>

#include "mizan/dataset/field_values.h"

namespace mizan::dataset {

DelimitedRows::DelimitedRows(std::string_view text, csv::Dialect dialect, std::string name)
    : text_(text), dialect_(dialect), name_(std::move(name)) {}

Result<DelimitedRows> DelimitedRows::open(std::string_view text, csv::Dialect dialect, std::string name) {
  DelimitedRows rows(text, dialect, std::move(name));
  MIZAN_CHECK_OK(rows.read_header());
  return rows;
}

Result<void> DelimitedRows::read_header() {
  csv::Scanner scanner(dialect_);
  std::string buffer;
  const auto end = scanner.scan(text_, 0, 1, [&](const csv::Row& row) {
    for (std::size_t f = 0; f < row.field_count; ++f)
      columns_.emplace_back(trimmed(csv::unescape(row.fields[f].text, buffer)));
  });
  MIZAN_CHECK_OK(check(end));
  rows_begin_ = end.end;
  lines_before_ = end.line_count;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (!columns_[c].empty() && std::find(columns_.begin(), columns_.begin() + static_cast<std::ptrdiff_t>(c),
                                          columns_[c]) != columns_.begin() + static_cast<std::ptrdiff_t>(c))
      return fail(ErrorCode::duplicate_column, "two columns have the name \"" + columns_[c] + "\"",
                  name_ + ":1", "rename one of them, or export the file again");
  return {};
}

std::optional<std::size_t> DelimitedRows::find(std::string_view column) const {
  const auto found = std::ranges::find(columns_, column);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

Result<std::size_t> DelimitedRows::require(std::string_view column) const {
  if (const auto found = find(column)) return *found;
  std::string names;
  for (const std::string& name : columns_) names += (names.empty() ? "" : ", ") + name;
  return fail(ErrorCode::missing_column,
              "there is no column \"" + std::string(column) + "\"; there are: " + names, name_ + ":1",
              "download the file again with all columns, or tell another format with --format");
}

std::vector<std::size_t> DelimitedRows::with_prefix(std::string_view prefix) const {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (columns_[c].starts_with(prefix)) found.push_back(c);
  return found;
}

ExportRow DelimitedRows::cells_of(const csv::Row& row, Buffers& buffers) const {
  ExportRow cells{buffers.cells, row.line + lines_before_, {}};
  if (row.malformed != nullptr) cells.refusal = row.malformed;
  if (row.field_count > columns_.size())
    cells.refusal = "the row has " + std::to_string(row.field_count) + " fields, the header has " +
                    std::to_string(columns_.size());
  std::ranges::fill(buffers.cells, std::string_view{});
  for (std::size_t f = 0; f < std::min(row.field_count, columns_.size()); ++f) {
    const csv::Field& field = row.fields[f];
    buffers.cells[f] = trimmed(field.has_escape ? csv::unescape(field.text, buffers.texts[f]) : field.text);
  }
  return cells;
}

bool DelimitedRows::is_blank(const ExportRow& row) {
  return row.refusal.empty() && std::ranges::all_of(row.cells, &std::string_view::empty);
}

Result<void> DelimitedRows::check(const csv::ScanResult& end) const {
  if (end.status == csv::ScanEnd::complete) return {};
  return fail(ErrorCode::malformed_csv, "a quoted field that begins here is not closed",
              name_ + ":" + std::to_string(end.quote_line + lines_before_),
              "close the quote, or double the quotes inside the field");
}

}  // namespace mizan::dataset
