// A small table that comes beside the labels: who belongs to which supplier, which answers are right.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/input.h"
#include "mizan/dataset/read_labels.h"

namespace mizan::dataset {

/// A column that is looked for by its names, as columns of labels are (column_names.h).
struct SideColumn {
  std::string title;                                     ///< "annotator": for messages
  std::vector<std::span<const std::string_view>> names;  ///< bare names, the better list first
  bool is_needed = true;
};

struct SideRow {
  std::vector<std::string_view> cells;  ///< one a SideColumn; empty where the column is not there
  std::uint64_t line;
};

/// Reads CSV or TSV and calls visit for each row that is not blank.
/// @in     code  what every mistake of the file is called: bad_suppliers, bad_gold
/// @errors `code`, with the line; not_utf8, malformed_csv
[[nodiscard]] Result<void> read_side_table(const Input& input, ThreadPool& pool, ErrorCode code,
                                           std::span<const SideColumn> columns,
                                           const std::function<Result<void>(const SideRow&)>& visit);

/// Adds one to an oddity of an outcome, with an example while there are few.
void count_oddity(ReadOutcome& outcome, const std::string& code, const std::string& example);

}  // namespace mizan::dataset
