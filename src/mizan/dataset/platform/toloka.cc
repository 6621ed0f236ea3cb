// Toloka's assignments (TSV). docs/formats/platforms.md says which column plays which role.
//
// Toloka pays and times a page of several tasks at once: reward and time of a page are shared equally among
// its tasks.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mizan/dataset/field_values.h"
#include "mizan/dataset/platform/delimited_rows.h"
#include "mizan/dataset/platform/questions.h"
#include "mizan/dataset/readers.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

using std::string_view;

constexpr string_view kInput = "INPUT:";
constexpr string_view kOutput = "OUTPUT:";
constexpr string_view kGolden = "GOLDEN:";
constexpr double kMicrosPerSecond = 1e6;

struct Columns {
  std::vector<std::size_t> task;  ///< one, or all INPUT: columns when no task id is there
  std::size_t annotator = 0;
  std::vector<std::size_t> outputs;
  std::vector<std::size_t> golden;
  std::optional<std::size_t> page;
  std::optional<std::size_t> status;
  std::optional<std::size_t> started;
  std::optional<std::size_t> submitted;
  std::optional<std::size_t> reward;
};

Result<std::vector<std::size_t>> task_columns(const DelimitedRows& rows, const ColumnRoles& roles) {
  const std::string wanted = roles.task.value_or("ASSIGNMENT:task_id");
  if (const auto found = rows.find(wanted)) return std::vector<std::size_t>{*found};
  auto inputs = rows.with_prefix(kInput);
  if (!roles.task && !inputs.empty()) return inputs;  // the same inputs are the same task
  MIZAN_TRY(const std::size_t missing, rows.require(wanted));
  return std::vector<std::size_t>{missing};
}

Result<Columns> columns_of(const DelimitedRows& rows, const ColumnRoles& roles) {
  Columns columns;
  MIZAN_TRY(columns.task, task_columns(rows, roles));
  MIZAN_TRY(columns.annotator, rows.require("ASSIGNMENT:worker_id"));
  columns.outputs = rows.with_prefix(kOutput);
  columns.golden = rows.with_prefix(kGolden);
  columns.page = rows.find("ASSIGNMENT:assignment_id");
  columns.status = rows.find("ASSIGNMENT:status");
  columns.started = rows.find("ASSIGNMENT:started");
  columns.submitted = rows.find("ASSIGNMENT:submitted");
  columns.reward = rows.find("ASSIGNMENT:reward");
  return columns;
}

string_view without(string_view column, string_view prefix) {
  return column.starts_with(prefix) ? column.substr(prefix.size()) : column;
}

/// --label may give the whole name of a column.
ColumnRoles without_prefix(ColumnRoles roles) {
  for (std::string& label : roles.label) label = without(label, kOutput);
  return roles;
}

bool is_unfinished(string_view status) {
  return status == "SKIPPED" || status == "EXPIRED" || status == "ACTIVE";
}

class Reader {
 public:
  Reader(const DelimitedRows& rows, const Columns& columns) : rows_(rows), columns_(columns) {
    for (const std::size_t c : columns_.outputs) survey_.meet(without(rows_.columns()[c], kOutput), {});
  }

  void survey(const ExportRow& row) {
    for (const std::size_t c : columns_.outputs)
      survey_.meet(without(rows_.columns()[c], kOutput), row.cells[c]);
    ++tasks_on_page_[std::string(row.cell(columns_.page))];
  }

  Result<ReadOutcome> read(const ReadJob& job, const ColumnRoles& roles) {
    MIZAN_TRY(const auto questions, survey_.chosen(roles, job.input.name(), "an OUTPUT: column"));
    LabelTableBuilder builder(TableShape{.questions = questions,
                                         .has_price = columns_.reward.has_value(),
                                         .has_seconds = columns_.started && columns_.submitted,
                                         .has_time = columns_.submitted.has_value()});
    RowLabels labels(questions);
    RowLabels gold(questions);
    MIZAN_CHECK_OK(rows_.for_each([&](const ExportRow& row) { add_row(row, labels, gold, builder); }));
    survey_.note_left_out(roles, builder);
    ReadOptions options = job.options;
    if (options.currency.empty()) options.currency = "USD";  // the only one that Toloka pays in
    MIZAN_TRY(ReadOutcome outcome, std::move(builder).finish(job.pool, options, job.input.name(), "line"));
    outcome.columns = describe(questions);
    return outcome;
  }

 private:
  void add_row(const ExportRow& row, RowLabels& labels, RowLabels& gold, LabelTableBuilder& builder) {
    if (!row.refusal.empty()) return builder.refuse_row(row.line, row.refusal);
    const string_view status = row.cell(columns_.status);
    if (is_unfinished(status))
      return builder.note(OddityCode::cancelled_annotation, row.line,
                          "the assignment is " + std::string(status));
    if (status == "REJECTED")
      builder.note(OddityCode::rejected_annotation, row.line, "the assignment was rejected");
    take(row, columns_.outputs, kOutput, labels);
    take(row, columns_.golden, kGolden, gold);
    const std::string task = task_of(row);
    const auto started = time_of(row, columns_.started, builder);
    const auto submitted = time_of(row, columns_.submitted, builder);
    builder.add_row(RowText{.task = task,
                            .annotator = row.cells[columns_.annotator],
                            .labels = labels.views(),
                            .gold = gold.views(),
                            .price_micros = price_of(row, builder),
                            .seconds_value = seconds_of(row, started, submitted),
                            .time_us = submitted.value_or(kUnknownTime),
                            .place = row.line});
  }

  void take(const ExportRow& row, const std::vector<std::size_t>& columns, string_view prefix,
            RowLabels& labels) {
    labels.clear();
    for (const std::size_t c : columns)
      if (const auto question = labels.index_of(without(rows_.columns()[c], prefix)))
        labels.set(*question, row.cells[c]);
  }

  std::string task_of(const ExportRow& row) const {
    std::string task;
    for (const std::size_t c : columns_.task) {
      if (c != columns_.task.front()) task += " | ";
      task += row.cells[c];
    }
    return task;
  }

  std::optional<std::int64_t> time_of(const ExportRow& row, std::optional<std::size_t> column,
                                      LabelTableBuilder& builder) const {
    const string_view text = row.cell(column);
    if (says_unknown(text)) return std::nullopt;
    const auto time = parse_time_us(text);
    if (!time) builder.note(OddityCode::bad_time, row.line, "\"" + std::string(text) + "\" is not a time");
    return time;
  }

  float seconds_of(const ExportRow& row, std::optional<std::int64_t> started,
                   std::optional<std::int64_t> submitted) const {
    if (!started || !submitted || *submitted < *started) return kUnknownSeconds;
    return static_cast<float>(static_cast<double>(*submitted - *started) / kMicrosPerSecond / share(row));
  }

  std::int64_t price_of(const ExportRow& row, LabelTableBuilder& builder) const {
    const string_view text = row.cell(columns_.reward);
    if (says_unknown(text)) return kUnknownPrice;
    const auto price = parse_price(text);
    if (!price) {
      builder.note(OddityCode::bad_price, row.line, "\"" + std::string(text) + "\" is not a price");
      return kUnknownPrice;
    }
    return std::llround(static_cast<double>(price->micros) / share(row));
  }

  /// Among how many tasks the page's reward and time are shared.
  double share(const ExportRow& row) const {
    if (!columns_.page) return 1;
    return static_cast<double>(tasks_on_page_.at(std::string(row.cell(columns_.page))));
  }

  std::vector<ColumnUse> describe(const std::vector<std::string>& questions) const {
    std::vector<ColumnUse> uses;
    for (std::size_t c = 0; c < rows_.columns().size(); ++c) {
      const string_view column = rows_.columns()[c];
      const auto is_asked = [&](string_view prefix) {
        return column.starts_with(prefix) &&
               std::ranges::find(questions, without(column, prefix)) != questions.end();
      };
      Role role = Role::ignored;
      if (std::ranges::find(columns_.task, c) != columns_.task.end()) role = Role::task;
      if (c == columns_.annotator) role = Role::annotator;
      if (c == columns_.reward) role = Role::price;
      if (c == columns_.started) role = Role::seconds;
      if (c == columns_.submitted) role = Role::time;
      if (is_asked(kOutput)) role = Role::label;
      if (is_asked(kGolden)) role = Role::gold;
      uses.push_back({std::string(column), role});
    }
    return uses;
  }

  const DelimitedRows& rows_;
  const Columns& columns_;
  QuestionSurvey survey_;
  std::unordered_map<std::string, std::uint64_t> tasks_on_page_;
};

}  // namespace

Result<ReadOutcome> read_toloka(const ReadJob& job) {
  MIZAN_CHECK_OK(check_roles(job.options.roles, "Toloka's assignments"));
  const ColumnRoles roles = without_prefix(job.options.roles);
  MIZAN_TRY(const string_view text, text_of(job.input, job.pool));
  MIZAN_TRY(const DelimitedRows rows,
            DelimitedRows::open(text, {'\t', csv::detect_newline(text)}, job.input.name()));
  MIZAN_TRY(const Columns columns, columns_of(rows, roles));
  Reader reader(rows, columns);
  MIZAN_CHECK_OK(rows.for_each([&](const ExportRow& row) { reader.survey(row); }));
  return reader.read(job, roles);
}

}  // namespace mizan::dataset
