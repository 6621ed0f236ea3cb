#include "mizan/dataset/tasks/row_json.h"

#include <algorithm>

#include "mizan/base/json_writer.h"

namespace mizan::dataset {
namespace {

RowColumn plan(const std::string& name) {
  if (name == "external_id" || name == "domain" || name == "language" || name == "batch")
    return {name, CellUse::text};
  if (name == "priority") return {name, CellUse::number};
  if (name == "payload" || name == "pre_annotation") return {name, CellUse::json};
  if (name == "gold") return {"answers", CellUse::gold_answers};
  if (name == "gold_explanation") return {"explanation", CellUse::gold_text};
  if (name == "gold_concept") return {"concept", CellUse::gold_text};
  if (name == "gold_difficulty") return {"difficulty", CellUse::gold_number};
  return {name, CellUse::text};
}

bool is_whole_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() < 18 && (text.size() == 1 || text[0] != '0') &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_payload(const RowColumn& column) {
  return column.use == CellUse::text && column.key != "external_id" && column.key != "domain" &&
         column.key != "language" && column.key != "batch";
}

}  // namespace

Result<std::vector<RowColumn>> plan_row_columns(const std::vector<std::string>& names) {
  std::vector<RowColumn> out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      return fail(ErrorCode::duplicate_column, "two columns are named '" + names[i] + "'", "line 1",
                  "rename one of them");
    out.push_back(plan(names[i]));
  }
  if (std::find(names.begin(), names.end(), "external_id") == names.end())
    return fail(ErrorCode::missing_column, "there is no column 'external_id'", "line 1",
                "name the column that holds your own ids external_id");
  return out;
}

void RowJson::begin() {
  text_ = "{";
  gold_.clear();
}

void RowJson::key(std::string& out, std::string_view name) {
  if (out.size() > 1) out += ',';
  append_json_string(out, name);
  out += ':';
}

void RowJson::add(std::size_t column, std::string_view cell, bool is_scalar) {
  const RowColumn& plan = columns_[column];
  if (cell.empty() && !is_payload(plan)) return;
  const bool is_gold =
      plan.use == CellUse::gold_answers || plan.use == CellUse::gold_text || plan.use == CellUse::gold_number;
  if (is_gold && gold_.empty()) gold_ = "{";
  std::string& out = is_gold ? gold_ : text_;
  key(out, plan.key);
  const bool is_number =
      (plan.use == CellUse::number || plan.use == CellUse::gold_number) && is_whole_number(cell);
  if (plan.use == CellUse::json || plan.use == CellUse::gold_answers || is_number || is_scalar) {
    out += cell;
  } else {
    append_json_string(out, cell);
  }
}

std::string_view RowJson::end() {
  if (!gold_.empty()) {
    key(text_, "gold");
    text_ += gold_ + "}";
  }
  return text_ += "}";
}

}  // namespace mizan::dataset
