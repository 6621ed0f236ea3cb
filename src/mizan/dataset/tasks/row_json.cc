#include "mizan/dataset/tasks/row_json.h"

#include <algorithm>

#include "mizan/base/json_writer.h"

namespace mizan::dataset {
namespace {

RowColumn plan(const std::string& name) {
  if (name == "external_id") return {.key = name, .is_always_text = true};
  if (name == "domain" || name == "language" || name == "batch") return {.key = name};
  if (name == "priority") return {.key = name, .use = CellUse::number};
  if (name == "payload" || name == "pre_annotation") return {.key = name, .use = CellUse::json};
  if (name == "gold") return {.key = "answers", .use = CellUse::json, .parent = "gold"};
  if (name == "gold_explanation") return {.key = "explanation", .parent = "gold"};
  if (name == "gold_concept") return {.key = "concept", .parent = "gold"};
  if (name == "gold_difficulty") return {.key = "difficulty", .use = CellUse::number, .parent = "gold"};
  return {.key = name, .keeps_empty = true};
}

bool takes_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count > 0;
}

/// Whether JSON reads the text as a number.
bool is_number(std::string_view text) {
  if (text.size() > 40) return false;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return false;
  if (!takes_digits(text)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!takes_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (!takes_digits(text)) return false;
  }
  return text.empty();
}

}  // namespace

Result<std::vector<RowColumn>> plan_task_columns(const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), "external_id") == names.end())
    return fail(ErrorCode::missing_column, "there is no column 'external_id'", "line 1",
                "name the column that holds your own ids external_id");
  std::vector<RowColumn> out;
  for (const std::string& name : names) out.push_back(plan(name));
  return out;
}

Result<std::vector<RowColumn>> plan_row_columns(const TaskSourceOptions& options,
                                                const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(names.begin(), end, names[i]) != end)
      return fail(ErrorCode::duplicate_column, "two columns are named '" + names[i] + "'", "line 1",
                  "rename one of them");
  }
  return options.plan ? options.plan(names) : plan_task_columns(names);
}

void RowJson::begin() {
  text_ = "{";
  nested_.clear();
}

void RowJson::key(std::string& out, std::string_view name) {
  if (out.size() > 1) out += ',';
  append_json_string(out, name);
  out += ':';
}

void RowJson::add(std::size_t column, std::string_view cell, bool is_scalar) {
  const RowColumn& plan = columns_[column];
  if (cell.empty() && !plan.keeps_empty) return;
  if (!plan.parent.empty() && nested_.empty()) {
    nested_ = "{";
    parent_ = plan.parent;
  }
  std::string& out = plan.parent.empty() ? text_ : nested_;
  key(out, plan.key);
  const bool is_bare = plan.use == CellUse::json || (plan.use == CellUse::number && is_number(cell)) ||
                       (is_scalar && !plan.is_always_text);
  if (is_bare) {
    out += cell;
  } else {
    append_json_string(out, cell);
  }
}

std::string_view RowJson::end() {
  if (!nested_.empty()) {
    key(text_, parent_);
    text_ += nested_ + "}";
  }
  return text_ += "}";
}

}  // namespace mizan::dataset
