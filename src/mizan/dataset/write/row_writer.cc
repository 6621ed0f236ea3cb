#include "mizan/dataset/write/row_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "mizan/base/assert.h"
#include "mizan/base/json_writer.h"
#include "mizan/dataset/write/csv_cells.h"

namespace mizan::dataset {
namespace {

constexpr std::array<std::string_view, 3> kNames{"jsonl", "csv", "parquet"};

bool has_value(const RowCell& cell) {
  const auto* real = std::get_if<double>(&cell);
  return !std::holds_alternative<std::monostate>(cell) && (real == nullptr || std::isfinite(*real));
}

/// Numbers and truth values look the same in JSON and CSV.
void append_plain(std::string& out, const RowCell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    append_whole(out, *whole);
  } else if (const auto* truth = std::get_if<bool>(&cell)) {
    out += *truth ? "true" : "false";
  } else {
    append_shortest(out, std::get<double>(cell));
  }
}

class JsonRows final : public RowWriter {
 public:
  explicit JsonRows(std::vector<RowColumnSpec> columns) : columns_(std::move(columns)) {
    for (RowColumnSpec& column : columns_) {
      std::string key;
      append_json_string(key, column.name);
      column.name = key + ":";
    }
  }

  Result<void> write(std::span<const RowCell> cells) override {
    MIZAN_ASSERT(cells.size() == columns_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out_ += i == 0 ? '{' : ',';
      out_ += columns_[i].name;
      append(cells[i], columns_[i].kind);
    }
    out_ += "}\n";
    return {};
  }
  Result<void> finish() override { return {}; }

 private:
  void append(const RowCell& cell, CellKind kind) {
    if (!has_value(cell)) {
      out_ += "null";
    } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
      if (kind == CellKind::json) {
        out_ += *text;
      } else {
        append_json_string(out_, *text);
      }
    } else {
      append_plain(out_, cell);
    }
  }

  std::vector<RowColumnSpec> columns_;
};

class CsvRows final : public RowWriter {
 public:
  explicit CsvRows(const std::vector<RowColumnSpec>& columns) {
    for (const RowColumnSpec& column : columns) {
      if (!out_.empty()) out_ += ',';
      append_csv_text(out_, column.name);
    }
    out_ += '\n';
  }

  Result<void> write(std::span<const RowCell> cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_ += ',';
      if (!has_value(cells[i])) continue;
      if (const auto* text = std::get_if<std::string_view>(&cells[i])) {
        append_csv_text(out_, *text);
      } else {
        append_plain(out_, cells[i]);
      }
    }
    out_ += '\n';
    return {};
  }
  Result<void> finish() override { return {}; }
};

}  // namespace

std::string_view row_format_name(RowFormat format) {
  return kNames[static_cast<std::size_t>(format)];
}

std::optional<RowFormat> row_format_of(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<RowFormat>(found - kNames.begin());
}

std::string_view media_type_of(RowFormat format) {
  if (format == RowFormat::jsonl) return "application/x-ndjson";
  return format == RowFormat::csv ? "text/csv" : "application/vnd.apache.parquet";
}

Result<std::unique_ptr<RowWriter>> open_row_writer(RowFormat format, std::vector<RowColumnSpec> columns) {
  if (format == RowFormat::parquet) return open_parquet_rows(columns);
  if (format == RowFormat::csv) return std::unique_ptr<RowWriter>(new CsvRows(columns));
  return std::unique_ptr<RowWriter>(new JsonRows(std::move(columns)));
}

}  // namespace mizan::dataset
