#include "mizan/app/audit_output.h"

#include <deque>
#include <limits>

#include "mizan/app/report_json.h"
#include "mizan/app/report_page.h"
#include "mizan/dataset/write/output_folder.h"

namespace mizan::app {
namespace {

using dataset::CountCells;
using dataset::NumberCells;
using dataset::OutputTable;
using dataset::TextCells;

constexpr std::size_t kAnnotatorsOnPage = 500;

double or_empty(const std::optional<double>& value) {
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

// A table built row by row from a list of T; it owns its cells.
template <class T>
class RowTable {
 public:
  explicit RowTable(const std::vector<T>& rows) : rows_(rows) {}

  template <class Cell>
  RowTable& text(const char* name, Cell cell) {
    auto& cells = texts_.emplace_back();
    for (const T& row : rows_) cells.push_back(cell(row));
    table_.columns.push_back({name, TextCells{cells}});
    return *this;
  }
  template <class Cell>
  RowTable& count(const char* name, Cell cell) {
    auto& cells = counts_.emplace_back();
    for (const T& row : rows_) cells.push_back(static_cast<std::int64_t>(cell(row)));
    table_.columns.push_back({name, CountCells{cells}});
    return *this;
  }
  template <class Cell>
  RowTable& number(const char* name, Cell cell) {
    auto& cells = numbers_.emplace_back();
    for (const T& row : rows_) cells.push_back(or_empty(cell(row)));
    table_.columns.push_back({name, NumberCells{cells.data(), cells.size()}});
    return *this;
  }
  template <class Cell>
  RowTable& estimate(const std::string& name, Cell cell) {
    number(name.c_str(), [&](const T& row) { return cell(row).value; });
    number((name + "_low").c_str(), [&](const T& row) { return cell(row).low; });
    return number((name + "_high").c_str(), [&](const T& row) { return cell(row).high; });
  }
  [[nodiscard]] const OutputTable& table() const { return table_; }

 private:
  const std::vector<T>& rows_;
  std::deque<std::vector<std::string>> texts_;  // deques keep their elements in place
  std::deque<std::vector<std::int64_t>> counts_;
  std::deque<std::vector<double>> numbers_;
  OutputTable table_;
};

std::string joined_flags(const AnnotatorReport& annotator) {
  std::string text;
  for (const FlagReport& flag : annotator.flags) {
    if (!text.empty()) text += ';';
    text += flag.code;
  }
  return text;
}

// Writes the tables of one question under their names, with a suffix where there are several questions.
struct QuestionWriter {
  dataset::OutputFolder& folder;
  const AuditOutcome& outcome;
  std::size_t index;
  std::string suffix;
  dataset::TableFormat format;
  ThreadPool& pool;
  std::vector<std::string>& names;

  [[nodiscard]] const QuestionReport& report() const { return outcome.report.questions[index]; }

  Result<void> write(const std::string& name, const OutputTable& table) {
    names.push_back(name + suffix + std::string(dataset::extension_of(format)));
    return folder.write_table(name + suffix, table, format, pool);
  }

  Result<void> consensus() {
    const QuestionTables& tables = outcome.tables[index];
    const domain::Dictionary& classes = outcome.table.questions[index].classes;
    OutputTable table;
    table.columns.push_back({"task", dataset::CodeCells{&outcome.table.tasks, tables.task}});
    table.columns.push_back({"consensus", dataset::CodeCells{&classes, tables.consensus}});
    table.columns.push_back({"confidence", NumberCells{tables.confidence.data(), tables.confidence.size()}});
    table.columns.push_back({"label_count", CountCells{tables.label_count}});
    for (std::size_t k = 0; k < classes.size(); ++k) {
      std::string name = "p_";
      name += classes[k];
      table.columns.push_back(
          {name, NumberCells{tables.posterior.data() + k, tables.task.size(), classes.size()}});
    }
    return write("consensus", table);
  }

  Result<void> annotators() {
    RowTable<AnnotatorReport> rows(report().annotators);
    rows.text("annotator", [](const auto& row) { return row.annotator; })
        .text("supplier", [](const auto& row) { return row.supplier.value_or(""); })
        .count("label_count", [](const auto& row) { return row.label_count; })
        .count("task_count", [](const auto& row) { return row.task_count; })
        .estimate("accuracy", [](const auto& row) { return row.accuracy; })
        .number("agreement_with_consensus",
                [](const auto& row) { return std::optional(row.agreement_with_consensus); })
        .count("gold_label_count", [](const auto& row) { return row.gold_label_count; })
        .count("gold_correct_count", [](const auto& row) { return row.gold_correct_count; })
        .number("seconds_median", [](const auto& row) { return row.seconds_median; })
        .number("cost", [](const auto& row) { return row.cost; })
        .number("cost_per_correct", [](const auto& row) { return row.cost_per_correct; })
        .text("flags", joined_flags);
    return write("annotators", rows.table());
  }

  Result<void> suppliers() {
    RowTable<SupplierReport> rows(report().suppliers);
    rows.text("supplier", [](const auto& row) { return row.supplier; })
        .count("annotator_count", [](const auto& row) { return row.annotator_count; })
        .count("label_count", [](const auto& row) { return row.label_count; })
        .count("task_count", [](const auto& row) { return row.task_count; })
        .estimate("accuracy", [](const auto& row) { return row.accuracy; })
        .text("basis", [](const auto& row) { return row.basis; })
        .count("gold_label_count", [](const auto& row) { return row.gold_label_count; })
        .count("gold_correct_count", [](const auto& row) { return row.gold_correct_count; })
        .number("cost", [](const auto& row) { return row.cost; })
        .number("price_per_label", [](const auto& row) { return row.price_per_label; })
        .estimate("cost_per_correct", [](const auto& row) { return row.cost_per_correct; })
        .number("seconds_median", [](const auto& row) { return row.seconds_median; })
        .count("flagged_annotator_count", [](const auto& row) { return row.flagged_annotator_count; });
    return write("suppliers", rows.table());
  }

  Result<void> pairs() {
    RowTable<PairReport> rows(report().pairs);
    rows.text("supplier_a", [](const auto& row) { return row.supplier_a; })
        .text("supplier_b", [](const auto& row) { return row.supplier_b; })
        .number("difference", [](const auto& row) { return row.difference.value; })
        .number("low", [](const auto& row) { return row.difference.low; })
        .number("high", [](const auto& row) { return row.difference.high; })
        .number("probability_a_better", [](const auto& row) { return row.probability_a_better; })
        .text("conclusion", [](const auto& row) { return row.conclusion; })
        .text("basis", [](const auto& row) { return row.basis; })
        .text("method", [](const auto& row) { return row.method; })
        .count("task_count", [](const auto& row) { return row.task_count; })
        .count("gold_task_count", [](const auto& row) { return row.gold_task_count; });
    return write("pairs", rows.table());
  }

  Result<void> agreement() {
    RowTable<AgreementReport> rows(report().agreement);
    rows.text("scope", [](const auto& row) { return row.scope; })
        .text("supplier", [](const auto& row) { return row.supplier.value_or(""); })
        .text("annotator_a", [](const auto& row) { return row.annotator_a.value_or(""); })
        .text("annotator_b", [](const auto& row) { return row.annotator_b.value_or(""); })
        .text("coefficient", [](const auto& row) { return row.coefficient; })
        .text("weights", [](const auto& row) { return row.weights; })
        .number("value", [](const auto& row) { return row.value.value; })
        .number("low", [](const auto& row) { return row.value.low; })
        .number("high", [](const auto& row) { return row.value.high; })
        .count("task_count", [](const auto& row) { return row.task_count; })
        .count("annotator_count", [](const auto& row) { return row.annotator_count; })
        .text("undefined_because", [](const auto& row) { return row.undefined_because.value_or(""); });
    return write("agreement", rows.table());
  }

  Result<void> all() {
    MIZAN_CHECK_OK(consensus());
    MIZAN_CHECK_OK(annotators());
    MIZAN_CHECK_OK(suppliers());
    MIZAN_CHECK_OK(pairs());
    return agreement();
  }
};

// A question's name as part of a file name: letters, digits, '-' and '_' stay; its number keeps two names
// apart.
std::string file_suffix(const AuditReport& report, std::size_t index) {
  if (report.questions.size() == 1) return "";
  std::string suffix = "." + std::to_string(index + 1) + ".";
  for (const char c : report.questions[index].name) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    suffix += is_plain ? c : '_';
  }
  return suffix.substr(0, 80);
}

}  // namespace

Result<std::vector<std::string>> write_audit_tables(const AuditOutcome& outcome, const std::string& folder,
                                                    dataset::TableFormat format, ThreadPool& pool) {
  std::vector<std::string> names{"report.json"};
  MIZAN_TRY(dataset::OutputFolder output, dataset::OutputFolder::prepare(folder));
  MIZAN_CHECK_OK(output.write("report.json", report_json(outcome.report) + "\n"));
  for (std::size_t q = 0; q < outcome.report.questions.size(); ++q) {
    QuestionWriter writer{output, outcome, q, file_suffix(outcome.report, q), format, pool, names};
    MIZAN_CHECK_OK(writer.all());
  }
  MIZAN_CHECK_OK(output.commit());
  return names;
}

Result<void> write_audit_page(const AuditReport& report, const std::string& path) {
  return dataset::write_file(path, report_page(report_json(report, kAnnotatorsOnPage)));
}

}  // namespace mizan::app
