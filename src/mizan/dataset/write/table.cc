#include "mizan/dataset/write/table.h"

#include "mizan/base/assert.h"

namespace mizan::dataset {
namespace {

std::size_t cell_count(const OutputColumn& column) {
  struct Counter {
    std::size_t operator()(const CodeCells& cells) const { return cells.codes.size(); }
    std::size_t operator()(const TextCells& cells) const { return cells.texts.size(); }
    std::size_t operator()(const CountCells& cells) const { return cells.counts.size(); }
    std::size_t operator()(const NumberCells& cells) const { return cells.count; }
  };
  return std::visit(Counter{}, column.cells);
}

}  // namespace

std::size_t OutputTable::row_count() const {
  MIZAN_ASSERT(!columns.empty());
  const std::size_t rows = cell_count(columns.front());
  for (const OutputColumn& column : columns) MIZAN_ASSERT(cell_count(column) == rows);
  return rows;
}

std::string_view extension_of(TableFormat format) {
  return format == TableFormat::csv ? ".csv" : ".parquet";
}

Result<void> append_table(FileSink& sink, const OutputTable& table, TableFormat format, ThreadPool& pool) {
  if (format == TableFormat::csv) return append_csv(sink, table, pool);
  return append_parquet(sink, table);
}

}  // namespace mizan::dataset
