// A row of named cells as the JSON object that read_task_json reads. Of this folder only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::dataset {

/// What is done with a column, decided once from its name.
enum class CellUse : std::uint8_t { text, number, json, gold_answers, gold_text, gold_number };

struct RowColumn {
  std::string key;  ///< of the member that the cell becomes
  CellUse use = CellUse::text;
};

/// @errors missing_column: no external_id; duplicate_column
[[nodiscard]] Result<std::vector<RowColumn>> plan_row_columns(const std::vector<std::string>& names);

/// Builds one object after another. Not thread-safe.
class RowJson {
 public:
  explicit RowJson(const std::vector<RowColumn>& columns) : columns_(columns) {}

  void begin();
  /// An empty cell is left out, but a payload column keeps "" as a text. `is_scalar`: the cell is a number or
  /// a truth value of its own format and needs no quotes.
  void add(std::size_t column, std::string_view cell, bool is_scalar = false);
  /// The object; valid until the next begin().
  [[nodiscard]] std::string_view end();

 private:
  void key(std::string& out, std::string_view name);

  const std::vector<RowColumn>& columns_;
  std::string text_;
  std::string gold_;
};

}  // namespace mizan::dataset
