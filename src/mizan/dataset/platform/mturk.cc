// Mechanical Turk's batch results (CSV). docs/formats/platforms.md says which column plays which role.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mizan/dataset/field_values.h"
#include "mizan/dataset/platform/delimited_rows.h"
#include "mizan/dataset/platform/questions.h"
#include "mizan/dataset/readers.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

using std::string_view;

constexpr string_view kAnswer = "Answer.";

struct Zone {
  string_view name;
  int hours;  ///< east of UTC
};
constexpr std::array<Zone, 4> kZones{{{"PST", -8}, {"PDT", -7}, {"UTC", 0}, {"GMT", 0}}};
constexpr std::array<string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::vector<string_view> words_of(string_view text) {
  std::vector<string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<int> int_of(string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// "Mon Jan 14 09:12:33 PST 2013", as the site writes it, or ISO 8601, as its API does. Microseconds UTC.
std::optional<std::int64_t> time_of(string_view text) {
  const auto words = words_of(text);
  if (words.size() != 6 || words[3].size() != 8) return parse_time_us(text);
  const auto month = std::ranges::find(kMonths, words[1]);
  const auto zone = std::ranges::find(kZones, words[4], &Zone::name);
  const auto day = int_of(words[2]);
  const auto year = int_of(words[5]);
  const auto hour = int_of(words[3].substr(0, 2));
  const auto minute = int_of(words[3].substr(3, 2));
  const auto second = int_of(words[3].substr(6, 2));
  if (month == kMonths.end() || zone == kZones.end() || !day || !year || !hour || !minute || !second)
    return std::nullopt;
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(month - kMonths.begin()) + 1),
                            std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1970 || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const auto moment =
      sys_days(date).time_since_epoch() + hours(*hour - zone->hours) + minutes(*minute) + seconds(*second);
  return duration_cast<microseconds>(moment).count();
}

struct Columns {
  std::size_t task;
  std::size_t annotator;
  std::vector<std::size_t> answers;
  std::optional<std::size_t> status;
  std::optional<std::size_t> price;
  std::optional<std::size_t> seconds;
  std::optional<std::size_t> time;
};

Result<Columns> columns_of(const DelimitedRows& rows, const ColumnRoles& roles) {
  MIZAN_TRY(const std::size_t task, rows.require(roles.task.value_or("HITId")));
  MIZAN_TRY(const std::size_t annotator, rows.require("WorkerId"));
  return Columns{task,
                 annotator,
                 rows.with_prefix(kAnswer),
                 rows.find("AssignmentStatus"),
                 rows.find("Reward"),
                 rows.find("WorkTimeInSeconds"),
                 rows.find("SubmitTime")};
}

string_view question_of(const DelimitedRows& rows, std::size_t column) {
  return string_view(rows.columns()[column]).substr(kAnswer.size());
}

void add_row(const ExportRow& row, const Columns& columns, RowLabels& labels, LabelTableBuilder& builder) {
  if (!row.refusal.empty()) return builder.refuse_row(row.line, row.refusal);
  if (row.cell(columns.status) == "Rejected")
    builder.note(OddityCode::rejected_annotation, row.line, "the assignment was rejected");
  const string_view submitted = row.cell(columns.time);
  const auto time = time_of(submitted);
  if (!time && !says_unknown(submitted))
    builder.note(OddityCode::bad_time, row.line, "\"" + std::string(submitted) + "\" is not a time");
  builder.add_row(RowText{.task = row.cells[columns.task],
                          .annotator = row.cells[columns.annotator],
                          .labels = labels.views(),
                          .price = row.cell(columns.price),
                          .seconds = row.cell(columns.seconds),
                          .time_us = time.value_or(kUnknownTime),
                          .place = row.line});
}

std::vector<ColumnUse> describe(const DelimitedRows& rows, const Columns& columns,
                                const std::vector<std::string>& questions) {
  std::vector<ColumnUse> uses;
  for (std::size_t c = 0; c < rows.columns().size(); ++c) {
    Role role = Role::ignored;
    if (c == columns.task) role = Role::task;
    if (c == columns.annotator) role = Role::annotator;
    if (c == columns.price) role = Role::price;
    if (c == columns.seconds) role = Role::seconds;
    if (c == columns.time) role = Role::time;
    if (rows.columns()[c].starts_with(kAnswer) &&
        std::ranges::find(questions, question_of(rows, c)) != questions.end())
      role = Role::label;
    uses.push_back({rows.columns()[c], role});
  }
  return uses;
}

/// --label may give the whole name of a column.
ColumnRoles without_prefix(ColumnRoles roles) {
  for (std::string& label : roles.label)
    if (label.starts_with(kAnswer)) label.erase(0, kAnswer.size());
  return roles;
}

}  // namespace

Result<ReadOutcome> read_mturk(const ReadJob& job) {
  const std::string& name = job.input.name();
  MIZAN_CHECK_OK(check_roles(job.options.roles, "Mechanical Turk's results"));
  const ColumnRoles roles = without_prefix(job.options.roles);
  MIZAN_TRY(const string_view text, text_of(job.input, job.pool));
  MIZAN_TRY(const DelimitedRows rows, DelimitedRows::open(text, {',', csv::detect_newline(text)}, name));
  MIZAN_TRY(const Columns columns, columns_of(rows, roles));
  QuestionSurvey survey;
  for (const std::size_t c : columns.answers) survey.meet(question_of(rows, c), {});
  MIZAN_CHECK_OK(rows.for_each([&](const ExportRow& row) {
    for (const std::size_t c : columns.answers) survey.meet(question_of(rows, c), row.cells[c]);
  }));
  MIZAN_TRY(const auto questions, survey.chosen(roles, name, "an Answer.* column"));
  LabelTableBuilder builder(TableShape{.questions = questions,
                                       .has_price = columns.price.has_value(),
                                       .has_seconds = columns.seconds.has_value(),
                                       .has_time = columns.time.has_value()});
  RowLabels labels(questions);
  MIZAN_CHECK_OK(rows.for_each([&](const ExportRow& row) {
    labels.clear();
    for (const std::size_t c : columns.answers)
      if (const auto question = labels.index_of(question_of(rows, c))) labels.set(*question, row.cells[c]);
    add_row(row, columns, labels, builder);
  }));
  survey.note_left_out(roles, builder);
  MIZAN_TRY(ReadOutcome outcome, std::move(builder).finish(job.pool, job.options, name, "line"));
  outcome.columns = describe(rows, columns, questions);
  return outcome;
}

}  // namespace mizan::dataset
