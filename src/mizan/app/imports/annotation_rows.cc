#include "mizan/app/imports/annotation_rows.h"

#include <algorithm>
#include <cmath>

#include <boost/json/parse.hpp>

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr double kMostSeconds = 1e9;

tl::unexpected<Error> unusable(std::string_view member, std::string message) {
  return fail(ErrorCode::unusable_row, std::move(message), "/" + std::string(member));
}

Result<std::string> text_of(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  if (value == nullptr || !value->is_string() || value->get_string().empty())
    return unusable(member, "the row needs this member, a text that is not empty");
  std::string text(value->get_string());
  if (text.find('\0') != std::string::npos) return unusable(member, "the text contains U+0000");
  return text;
}

Result<void> read_optional(const json::object& row, AnnotationRecord& record) {
  if (const json::value* at = row.if_contains("submitted_at"); at != nullptr && !at->is_null()) {
    if (!at->is_string()) return unusable("submitted_at", "a time is a text like 2026-01-31T12:00:00Z");
    auto instant = parse_instant(std::string_view(at->get_string()));
    if (!instant) return unusable("submitted_at", "a time is a text like 2026-01-31T12:00:00Z");
    record.submitted_at = *instant;
  }
  if (const json::value* seconds = row.if_contains("seconds"); seconds != nullptr && !seconds->is_null()) {
    boost::system::error_code wrong;
    const double value = seconds->is_number() ? seconds->to_number<double>(wrong) : -1;
    if (wrong || !(value >= 0) || value > kMostSeconds)
      return unusable("seconds", "the number of seconds is not positive");
    record.duration_us = std::llround(value * 1e6);
  }
  if (const json::value* price = row.if_contains("price_micros"); price != nullptr && !price->is_null()) {
    if (!price->is_int64() || price->get_int64() < 0)
      return unusable("price_micros", "a price is a whole number of micros, not below 0");
    record.price_micros = price->get_int64();
  }
  return {};
}

// The answer of a question as a cell holds it: its text, a number, or JSON.
dataset::CellUse use_of(const domain::TemplateQuestion& question) {
  switch (question.kind()) {
    case domain::QuestionKind::choice:
    case domain::QuestionKind::text:
      return dataset::CellUse::text;
    case domain::QuestionKind::rating:
    case domain::QuestionKind::number:
      return dataset::CellUse::number;
    default:
      return dataset::CellUse::json;
  }
}

dataset::RowColumn plan(const std::string& name, const domain::Template& questions) {
  if (name == "external_id" || name == "contributor_id") return {.key = name, .is_always_text = true};
  if (name == "submitted_at") return {.key = name};
  if (name == "seconds" || name == "price_micros") return {.key = name, .use = dataset::CellUse::number};
  if (name == "answers") return {.key = name, .use = dataset::CellUse::json};
  dataset::RowColumn column{.key = name, .parent = "answers"};
  for (const domain::TemplateQuestion& question : questions.questions)
    if (question.name == name) column.use = use_of(question);
  column.is_always_text = column.use == dataset::CellUse::text;
  return column;
}

}  // namespace

Result<AnnotationRecord> parse_annotation_record(std::string_view line) {
  boost::system::error_code wrong;
  const json::value document = json::parse({line.data(), line.size()}, wrong);
  if (wrong) return fail(ErrorCode::malformed_json, "the line is not JSON: " + wrong.message());
  if (!document.is_object()) return fail(ErrorCode::unusable_row, "the line is no JSON object");
  const json::object& row = document.get_object();
  for (const auto& member : row) {
    const std::string_view key = member.key();
    if (key != "external_id" && key != "contributor_id" && key != "answers" && key != "submitted_at" &&
        key != "seconds" && key != "price_micros")
      return unusable(key, "an annotation has no such member");
  }
  AnnotationRecord record;
  MIZAN_TRY(record.external_id, text_of(row, "external_id"));
  MIZAN_TRY(record.contributor_id, text_of(row, "contributor_id"));
  const json::value* answers = row.if_contains("answers");
  if (answers == nullptr || !answers->is_object())
    return unusable("answers", "the row needs this member, an object: question to answer");
  record.answers = *answers;
  MIZAN_CHECK_OK(read_optional(row, record));
  return record;
}

Result<std::vector<dataset::RowColumn>> plan_annotation_columns(const std::vector<std::string>& names,
                                                                const domain::Template& questions) {
  std::vector<dataset::RowColumn> columns;
  const bool has_answers = std::find(names.begin(), names.end(), "answers") != names.end();
  for (const std::string& name : names) {
    columns.push_back(plan(name, questions));
    if (has_answers && !columns.back().parent.empty())
      return fail(ErrorCode::unusable_row, "beside the column 'answers', '" + name + "' has no meaning",
                  "line 1", "leave one of them out");
  }
  for (const char* needed : {"external_id", "contributor_id"})
    if (std::find(names.begin(), names.end(), needed) == names.end())
      return fail(ErrorCode::missing_column, "there is no column '" + std::string(needed) + "'", "line 1",
                  "docs/formats/annotations.md has the columns");
  return columns;
}

}  // namespace mizan::app
