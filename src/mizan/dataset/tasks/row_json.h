// A row of named cells as a JSON object. Of this folder only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/dataset/tasks/task_source.h"

namespace mizan::dataset {

/// The columns of tasks.
/// @errors missing_column: no external_id; duplicate_column
[[nodiscard]] Result<std::vector<RowColumn>> plan_task_columns(const std::vector<std::string>& names);
/// Those of options.plan, or of tasks.
/// @errors duplicate_column; those of the plan
[[nodiscard]] Result<std::vector<RowColumn>> plan_row_columns(const TaskSourceOptions& options,
                                                              const std::vector<std::string>& names);

/// Builds one object after another. Not thread-safe.
class RowJson {
 public:
  explicit RowJson(const std::vector<RowColumn>& columns) : columns_(columns) {}

  void begin();
  /// `is_scalar`: the cell is a number or a truth value of its own format and needs no quotes.
  void add(std::size_t column, std::string_view cell, bool is_scalar = false);
  /// The object; valid until the next begin().
  [[nodiscard]] std::string_view end();

 private:
  void key(std::string& out, std::string_view name);

  const std::vector<RowColumn>& columns_;
  std::string text_;
  std::string nested_;
  std::string parent_;
};

}  // namespace mizan::dataset
