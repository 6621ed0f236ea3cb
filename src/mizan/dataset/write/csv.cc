#include <algorithm>
#include <charconv>
#include <cmath>

#include "mizan/dataset/write/csv_cells.h"
#include "mizan/dataset/write/table.h"

namespace mizan::dataset {
namespace {

constexpr std::size_t kBlockRows = std::size_t{1} << 14;

void append_number(std::string& out, double number) {
  if (!std::isnan(number)) append_shortest(out, number);
}

void append_count(std::string& out, std::int64_t count) {
  if (count != kNoCount) append_whole(out, count);
}

/// Outer blanks are quoted too: some readers would trim them.
bool needs_quotes(std::string_view text) {
  if (text.empty()) return false;
  return text.front() == ' ' || text.back() == ' ' || text.find_first_of(",\"\r\n") != std::string_view::npos;
}

struct CellAppender {
  std::string& out;
  std::size_t row;
  void operator()(const CodeCells& cells) const {
    const std::uint32_t code = cells.codes[row];
    if (code != kNoCode) append_csv_text(out, (*cells.words)[code]);
  }
  void operator()(const TextCells& cells) const { append_csv_text(out, cells.texts[row]); }
  void operator()(const CountCells& cells) const { append_count(out, cells.counts[row]); }
  void operator()(const NumberCells& cells) const { append_number(out, cells.first[row * cells.stride]); }
};

std::string format_rows(const OutputTable& table, std::size_t begin, std::size_t end) {
  std::string out;
  out.reserve((end - begin) * table.columns.size() * 12);
  for (std::size_t row = begin; row < end; ++row) {
    const std::size_t start = out.size();
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (c > 0) out += ',';
      std::visit(CellAppender{out, row}, table.columns[c].cells);
    }
    if (out.size() == start) out += "\"\"";  // a lone empty field: an empty line would be no row at all
    out += '\n';
  }
  return out;
}

std::string header_of(const OutputTable& table) {
  std::string header;
  for (const OutputColumn& column : table.columns) {
    if (!header.empty()) header += ',';
    append_csv_text(header, column.name);
  }
  return header + '\n';
}

}  // namespace

void append_csv_text(std::string& out, std::string_view text) {
  if (!needs_quotes(text)) {
    out.append(text);
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_shortest(std::string& out, double number) {
  char digits[32];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void append_whole(std::string& out, std::int64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

Result<void> append_csv(FileSink& sink, const OutputTable& table, ThreadPool& pool) {
  const std::size_t rows = table.row_count();
  MIZAN_CHECK_OK(sink.append(header_of(table)));
  // In waves of a few blocks a thread, so that memory stays small however long the table is.
  std::vector<std::string> blocks(pool.thread_count() * 4);
  const std::size_t wave_rows = blocks.size() * kBlockRows;
  for (std::size_t wave = 0; wave < rows; wave += wave_rows) {
    pool.run(blocks.size(), [&](std::size_t block) {
      const std::size_t begin = std::min(rows, wave + block * kBlockRows);
      blocks[block] = format_rows(table, begin, std::min(rows, begin + kBlockRows));
    });
    for (const std::string& block : blocks) MIZAN_CHECK_OK(sink.append(block));
  }
  return {};
}

}  // namespace mizan::dataset
