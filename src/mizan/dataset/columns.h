// Which column of a table plays which role, found by its name or told by the caller.
//
// Names are compared without case and without separators: "Task ID", "task_id" and "taskId" are one name. The
// rules of preference and the names are in docs/formats/labels.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::dataset {

enum class Role : std::uint8_t { task, annotator, label, supplier, price, seconds, time, gold, ignored };

/// "task", "annotator" …, as in report.json.
[[nodiscard]] std::string_view role_name(Role role);

/// Columns that the caller names himself, by name or, if no column has that name, by 1-based position. A role
/// that is named here is never guessed.
struct ColumnRoles {
  std::optional<std::string> task{};
  std::optional<std::string> annotator{};
  std::vector<std::string> label{};  ///< several labels are several questions
  std::optional<std::string> supplier{};
  std::optional<std::string> price{};
  std::optional<std::string> seconds{};
  std::optional<std::string> time{};
  std::vector<std::string> gold{};  ///< one for each label column, in their order
};

/// What was made of a column, for the report.
struct ColumnUse {
  std::string name;
  Role role;
};

/// Column numbers by role.
struct ColumnPlan {
  std::size_t task = 0;
  std::size_t annotator = 0;
  std::vector<std::size_t> label{};
  std::vector<std::optional<std::size_t>> gold{};  ///< one for each label column
  std::optional<std::size_t> supplier{};
  std::optional<std::size_t> price{};
  std::optional<std::size_t> seconds{};
  std::optional<std::size_t> time{};
  double seconds_scale = 1;  ///< what a number in the seconds column is worth in seconds: "duration_ms" 0.001
  std::string currency{};    ///< said by the name of the price column ("price_usd"), or empty

  [[nodiscard]] bool has_gold() const;
};

/// Finds the roles of columns.
/// @in     where  for messages: the file, and its line of names
/// @errors missing_column (lists the columns that are there), ambiguous_column (names them, and the flag),
///         duplicate_column (two columns of one name, one of which is needed)
[[nodiscard]] Result<ColumnPlan> plan_columns(std::span<const std::string> names, const ColumnRoles& roles,
                                              const std::string& where);

/// Every column with its role, in the order of the file.
[[nodiscard]] std::vector<ColumnUse> describe_columns(std::span<const std::string> names,
                                                      const ColumnPlan& plan);

}  // namespace mizan::dataset
