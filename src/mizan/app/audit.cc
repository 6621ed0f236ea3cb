#include "mizan/app/audit.h"

#include <algorithm>
#include <filesystem>

#include "mizan/app/audit_question.h"
#include "mizan/dataset/side/gold_file.h"
#include "mizan/dataset/side/supplier_file.h"
#include "mizan/engine/truth/blend/methods.h"

namespace mizan::app {
namespace {

ReportInput input_report(const AuditRequest& request, const dataset::ReadOutcome& read) {
  ReportInput input;
  input.name = request.read.path == "-" ? "standard input"
                                        : std::filesystem::path(request.read.path).filename().string();
  input.format = std::string(dataset::format_name(read.format));
  input.byte_count = read.byte_count;
  input.row_count = read.row_count;
  input.used_row_count = read.used_row_count;
  for (const dataset::ColumnUse& column : read.columns)
    input.columns.push_back({column.name, std::string(dataset::role_name(column.role))});
  input.task_count = read.table.tasks.size();
  input.annotator_count = read.table.annotators.size();
  input.supplier_count = read.table.suppliers.size();
  if (!read.table.currency.empty()) input.currency = read.table.currency;
  for (const dataset::Oddity& oddity : read.oddities)
    input.oddities.push_back({oddity.code, oddity.count, oddity.examples});
  return input;
}

Result<void> check(const AuditRequest& request) {
  const auto known = truth::methods();
  if (std::none_of(known.begin(), known.end(),
                   [&](const auto& method) { return method.name == request.method; })) {
    std::string names;
    for (const auto& method : known) {
      if (!names.empty()) names += ", ";
      names += method.name;
    }
    return fail(ErrorCode::not_found, "there is no method '" + request.method + "'", "--method",
                "methods: " + names);
  }
  if (!(request.target_accuracy > 0 && request.target_accuracy < 1))
    return fail(ErrorCode::invalid_argument, "the target accuracy must lie between 0 and 1", "--target");
  return {};
}

// Suppliers, gold and prices that stand beside the labels.
Result<void> add_what_stands_beside(const AuditRequest& request, dataset::ReadOutcome& read, ThreadPool& pool,
                                    const Progress& progress) {
  const bool strict = request.read.strict;
  if (!request.supplier_file.empty()) {
    MIZAN_TRY(const dataset::Input input, dataset::open_input(request.supplier_file, progress));
    MIZAN_CHECK_OK(dataset::assign_suppliers(input, read, pool, strict));
  }
  if (!request.gold_file.empty()) {
    MIZAN_TRY(const dataset::Input input, dataset::open_input(request.gold_file, progress));
    MIZAN_CHECK_OK(dataset::add_gold_file(input, read, pool, strict));
  }
  return dataset::set_prices(read.table, request.prices);
}

// A question whose labels are all the same has nothing to infer: it is reported as such beside the others.
QuestionOutcome one_class_question(const domain::Question& question) {
  QuestionOutcome outcome;
  outcome.report.name = question.name;
  outcome.report.method.name = "majority";
  outcome.report.method.calibrated_on = "default";
  outcome.report.consensus.confidence_histogram.assign(10, 0);
  for (std::size_t k = 0; k < question.classes.size(); ++k)
    outcome.report.classes.emplace_back(question.classes[k]);
  outcome.report.label_count = static_cast<std::uint64_t>(std::count_if(
      question.label.begin(), question.label.end(), [](auto label) { return label != domain::kNoLabel; }));
  const std::string name = question.classes.empty() ? "" : std::string(question.classes[0]);
  outcome.report.notes.push_back(Message{"one_class"}.with("class", name));
  outcome.report.verdict.push_back(Message{"accuracy_unknown"});
  return outcome;
}

void give_back_rows(domain::LabelTable& table) {
  table.task = {};
  table.annotator = {};
  table.price_micros = {};
  table.seconds = {};
  table.time_us = {};
  for (domain::Question& question : table.questions) question.label = {};
}

}  // namespace

Result<AuditOutcome> audit(const AuditRequest& request, const std::string& created_at, ThreadPool& pool,
                           const Progress& progress) {
  MIZAN_CHECK_OK(check(request));
  MIZAN_TRY(dataset::ReadOutcome read, dataset::read_labels(request.read, pool, progress));
  MIZAN_CHECK_OK(add_what_stands_beside(request, read, pool, progress));
  ReportInput input = input_report(request, read);
  return audit_table(std::move(read.table), std::move(input), request, created_at, {pool, progress});
}

Result<AuditOutcome> audit_table(domain::LabelTable table, ReportInput input, const AuditRequest& request,
                                 const std::string& created_at, truth::Run run) {
  AuditOutcome outcome;
  outcome.report.mizan_version = MIZAN_VERSION;
  outcome.report.created_at = created_at;
  outcome.report.seed = request.seed;
  outcome.report.input = std::move(input);
  for (std::size_t q = 0; q < table.questions.size(); ++q) {
    const domain::Question& question = table.questions[q];
    if (question.classes.size() < 2 && table.questions.size() > 1) {
      QuestionOutcome single = one_class_question(question);
      outcome.report.questions.push_back(std::move(single.report));
      outcome.tables.push_back(std::move(single.tables));
      continue;
    }
    auto result = audit_question(table, q, request, run);
    if (!result) {
      Error error = std::move(result).error();
      if (error.where.empty()) error.where = request.read.path;
      return fail(std::move(error));
    }
    outcome.report.questions.push_back(std::move(result->report));
    outcome.tables.push_back(std::move(result->tables));
  }
  outcome.table = std::move(table);
  give_back_rows(outcome.table);
  return outcome;
}

std::vector<std::pair<std::string, std::string>> audit_methods() {
  std::vector<std::pair<std::string, std::string>> list;
  for (const truth::MethodInfo& method : truth::methods())
    list.emplace_back(std::string(method.name), std::string(method.description));
  return list;
}

}  // namespace mizan::app
