#include "mizan/app/imports/annotation_rows.h"

#include <cmath>
#include <vector>

#include <boost/json/parse.hpp>

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxLineBytes = 1UL << 20;
constexpr std::size_t kReadBytes = 64UL << 10;
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

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
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

Result<void> for_each_line(
    const dataset::ReadBytes& read,
    const std::function<Result<void>(std::uint64_t line, std::string_view text)>& visit) {
  std::string held;
  std::vector<char> buffer(kReadBytes);
  std::uint64_t line = 0;
  bool is_end = false;
  while (!is_end) {
    MIZAN_TRY(const std::size_t count, read(buffer));
    is_end = count == 0;
    held.append(buffer.data(), count);
    if (is_end && !held.empty()) held.push_back('\n');
    std::size_t begin = 0;
    for (std::size_t end = held.find('\n'); end != std::string::npos; end = held.find('\n', begin)) {
      const std::string_view text(held.data() + begin, end - begin);
      ++line;
      if (!is_blank(text)) MIZAN_CHECK_OK(visit(line, text));
      begin = end + 1;
    }
    held.erase(0, begin);
    if (held.size() > kMaxLineBytes)
      return fail(ErrorCode::unusable_row, "the line is longer than 1 MiB",
                  "line " + std::to_string(line + 1));
  }
  return {};
}

}  // namespace mizan::app
