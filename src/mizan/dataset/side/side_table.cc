#include "mizan/dataset/side/side_table.h"

#include <algorithm>

#include "mizan/dataset/column_names.h"
#include "mizan/dataset/csv/dialect.h"
#include "mizan/dataset/platform/delimited_rows.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

std::optional<std::size_t> find_column(const std::vector<std::string>& columns, const SideColumn& wanted) {
  for (const auto names : wanted.names)
    for (const std::string_view name : names)
      for (std::size_t c = 0; c < columns.size(); ++c)
        if (bare_name(columns[c]) == name) return c;
  return std::nullopt;
}

std::string listed(const std::vector<std::string>& columns) {
  std::string names;
  for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
  return names;
}

std::string at(const Input& input, std::uint64_t line) {
  return input.name() + ":" + std::to_string(line);
}

}  // namespace

Result<void> read_side_table(const Input& input, ThreadPool& pool, ErrorCode code,
                             std::span<const SideColumn> columns,
                             const std::function<Result<void>(const SideRow&)>& visit) {
  MIZAN_TRY(const std::string_view text, text_of(input, pool));
  MIZAN_TRY(const DelimitedRows rows, DelimitedRows::open(text, csv::detect_dialect(text), input.name()));
  std::vector<std::optional<std::size_t>> places;
  for (const SideColumn& column : columns) {
    places.push_back(find_column(rows.columns(), column));
    if (column.is_needed && !places.back())
      return fail(code, "there is no column \"" + column.title + "\"; there are: " + listed(rows.columns()),
                  at(input, 1), "name the column \"" + column.title + "\" in the first line");
  }
  Result<void> outcome;
  MIZAN_CHECK_OK(rows.for_each([&](const ExportRow& row) {
    if (!outcome) return;
    if (!row.refusal.empty()) {
      outcome = fail(code, row.refusal, at(input, row.line), "mend the line");
      return;
    }
    SideRow side{{}, row.line};
    for (std::size_t c = 0; c < columns.size(); ++c) {
      side.cells.push_back(row.cell(places[c]));
      if (columns[c].is_needed && side.cells.back().empty())
        outcome = fail(code, "the " + columns[c].title + " is empty", at(input, row.line),
                       "fill it in, or remove the line");
    }
    if (outcome) outcome = visit(side);
  }));
  return outcome;
}

void count_oddity(ReadOutcome& outcome, const std::string& code, const std::string& example) {
  auto found = std::ranges::find(outcome.oddities, code, &Oddity::code);
  if (found == outcome.oddities.end()) found = outcome.oddities.insert(outcome.oddities.end(), Oddity{code});
  ++found->count;
  if (found->examples.size() < OddityTally::kMaxExamples) found->examples.push_back(example);
}

}  // namespace mizan::dataset
