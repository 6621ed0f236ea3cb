// Makes one table of the parts that were read in parallel: ids renumbered by first appearance over the whole
// input, classes sorted, gold settled, oddities added up.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/label_chunk.h"
#include "mizan/dataset/read_labels.h"

namespace mizan::dataset {

struct AssembleOptions {
  std::string name;        ///< of the input, for messages
  std::string place_word;  ///< what places count: "line", "row", "record"
  std::string currency;    ///< of prices that name none; empty = not said
  bool is_strict = false;
  std::uint64_t first_place = 0;  ///< added to every place: lines before the first part
};

/// Consumes the parts, which are sealed and stand in the order of the input. Fills table, oddities, row_count
/// and used_row_count; the rest of the outcome is the caller's.
/// @errors no_usable_rows, too_many_classes, bad_number; with is_strict see read_labels
[[nodiscard]] Result<ReadOutcome> assemble(ThreadPool& pool, const TableShape& shape,
                                           std::vector<std::unique_ptr<LabelChunk>> parts,
                                           const AssembleOptions& options);

/// Puts the classes of a question in order: as numbers if all are numbers, else by bytes. Labels and gold
/// follow.
void sort_classes(ThreadPool& pool, domain::Question& question);

}  // namespace mizan::dataset
