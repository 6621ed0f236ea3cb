// Which questions a platform's export asks: gathered in a first pass over the file, used in the second.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/dataset/columns.h"
#include "mizan/dataset/label_table_builder.h"

namespace mizan::dataset {

/// Not thread-safe.
class QuestionSurvey {
 public:
  /// An answer that was met; an empty one says only that the question exists.
  void meet(std::string_view question, std::string_view answer);

  /// The questions to read: those that the caller named, in his order, else all that were met, by first
  /// appearance, but for free text (no choice has as many answers as labels).
  /// @in     thing  what the platform calls a question, for messages: "an Answer.* column"
  /// @errors missing_column: a named question that is not there, or none to read at all
  [[nodiscard]] Result<std::vector<std::string>> chosen(const ColumnRoles& roles, const std::string& name,
                                                        const std::string& thing) const;
  /// Counts every question that was left out as free text.
  void note_left_out(const ColumnRoles& roles, LabelTableBuilder& builder) const;

 private:
  struct Question {
    std::string name;
    std::uint64_t answer_count = 0;
    std::unordered_set<std::string> answers{};
    [[nodiscard]] bool is_free_text() const;
  };
  [[nodiscard]] std::string list() const;

  std::vector<Question> questions_;
};

/// The labels of one row, by question; reused from row to row.
class RowLabels {
 public:
  explicit RowLabels(const std::vector<std::string>& questions);
  void clear();
  /// Nothing when the question is not read.
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view question) const;
  void set(std::size_t question, std::string_view text);
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::span<const std::string_view> views();

 private:
  std::vector<std::string> questions_;
  std::vector<std::string> texts_;
  std::vector<std::string_view> views_;
};

/// Roles of an export are fixed by its format: only a task column and label questions may be named.
/// @errors invalid_argument: which flag cannot be used, and why
[[nodiscard]] Result<void> check_roles(const ColumnRoles& roles, const std::string& format);

/// What one uses a column or member for, if it is one of the platform's; ignored otherwise.
[[nodiscard]] std::vector<ColumnUse> uses_of(const std::vector<std::string>& questions,
                                             std::vector<ColumnUse> fixed);

/// The class that stands for several choices at once: sorted, joined by " | ".
[[nodiscard]] std::string joined_choices(std::vector<std::string> choices);

}  // namespace mizan::dataset
