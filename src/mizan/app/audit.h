// `mizan audit`: reads labels, infers what they say, and weighs annotators and suppliers.
//
// The path: dataset::read_labels → LabelTable → for each question a LabelMatrix → truth::blend → the engine's
// checks of suppliers, agreement and integrity → AuditReport. Nothing is written here; see audit_output.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mizan/app/audit_report.h"
#include "mizan/base/parallel.h"
#include "mizan/base/progress.h"
#include "mizan/base/result.h"
#include "mizan/dataset/read_labels.h"
#include "mizan/dataset/side/prices.h"
#include "mizan/domain/label_table.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::app {

struct AuditRequest {
  dataset::ReadOptions read;
  std::string gold_file;      ///< task and answer; empty = none
  std::string supplier_file;  ///< annotator and supplier; empty = none
  std::vector<dataset::SupplierPrice>
      prices;                 ///< of a label, by supplier or for all; these go before a price column
  bool keep_repeats = false;  ///< each of an annotator's labels of one task counts, not the last alone
  std::string method = "blend";
  bool is_strong = false;
  double target_accuracy = 0.95;  ///< of the consensus, for the cheapest mix
  std::uint64_t seed = 1;
};

/// What the tables of one question are made of, beside the report.
struct QuestionTables {
  std::vector<std::uint32_t> task;        ///< [n] tasks with labels, in the order of the input
  std::vector<std::uint32_t> consensus;   ///< [n] class
  std::vector<double> confidence;         ///< [n]
  std::vector<std::int64_t> label_count;  ///< [n]
  std::vector<double> posterior;          ///< [n,K]
};

struct AuditOutcome {
  AuditReport report;
  domain::LabelTable table;  ///< the dictionaries that QuestionTables point into; its rows are given back
  std::vector<QuestionTables> tables;  ///< one per question
};

/// @in     created_at  ISO 8601 time that the report carries
/// @errors those of dataset::read_labels and of the side files; too_few_classes when no question has two
/// classes;
///         not_found: no such method; cancelled
/// @cost   about a second for a million labels on four cores; memory about 12 bytes a label and 16·K a task
[[nodiscard]] Result<AuditOutcome> audit(const AuditRequest& request, const std::string& created_at,
                                         ThreadPool& pool, const Progress& progress);

/// The same of labels that are in memory already, with gold and prices in their table.
/// @in input  what the report says of where they came from
[[nodiscard]] Result<AuditOutcome> audit_table(domain::LabelTable table, ReportInput input,
                                               const AuditRequest& request, const std::string& created_at,
                                               truth::Run run);

/// Names and one-line descriptions of the methods that `method` may name.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> audit_methods();

}  // namespace mizan::app
