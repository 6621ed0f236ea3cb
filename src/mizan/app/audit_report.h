// What `mizan audit` found, as plain values: the C++ side of report.json (docs/formats/report.md), field by
// field.
//
// An absent optional means "cannot be known"; a note of the question says why. Fractions are 0..1, money is
// in units of input.currency. Words are codes with arguments; their texts are in the message catalogue.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mizan::app {

struct SupplierShare {
  std::string supplier;
  double labels_per_task;
};

using Argument = std::variant<std::monostate, double, std::int64_t, std::string, std::vector<std::string>,
                              std::vector<SupplierShare>>;

/// A code of the message catalogue and its arguments, in the order in which they were set.
struct Message {
  std::string code;
  std::vector<std::pair<std::string, Argument>> args{};

  /// This message with one more argument.
  [[nodiscard]] Message with(std::string_view name, const Argument& value) &&;
};

/// A figure with its 95 % interval.
struct Estimate {
  std::optional<double> value;
  std::optional<double> low;
  std::optional<double> high;
};

struct ReportColumn {
  std::string name;
  std::string role;
};

struct ReportOddity {
  std::string code;
  std::uint64_t count;
  std::vector<std::string> examples;
};

struct ReportInput {
  std::string name;
  std::string format;
  std::uint64_t byte_count = 0;
  std::uint64_t row_count = 0;
  std::uint64_t used_row_count = 0;
  std::vector<ReportColumn> columns;
  std::uint64_t task_count = 0;
  std::uint64_t annotator_count = 0;
  std::uint64_t supplier_count = 0;
  std::optional<std::string> currency;
  std::vector<ReportOddity> oddities;
};

struct MethodPart {
  std::string method;
  double weight;
};

struct MethodReport {
  std::string name;
  std::vector<MethodPart> parts;
  std::vector<Message> reasons;
  double temperature = 1;
  std::string calibrated_on;  ///< gold | default
  int iterations = 0;
  bool converged = true;
};

struct CalibrationBinReport {
  double low;
  double high;
  std::uint64_t task_count;
  double mean_confidence;
  Estimate accuracy;
};

struct CalibrationReport {
  std::uint64_t task_count = 0;
  Estimate accuracy;
  double mean_confidence = 0;
  double ece = 0;
  double log_loss = 0;
  std::vector<CalibrationBinReport> bins;
};

struct ConsensusReport {
  double mean_confidence = 0;
  std::vector<std::uint64_t> confidence_histogram;  ///< 10 counts over (0,.1] … (.9,1]
  std::vector<std::uint64_t> class_counts;
  std::uint64_t uncertain_task_count = 0;        ///< less than uncertain_threshold sure
  std::optional<CalibrationReport> calibration;  ///< each gold task judged with its own gold hidden
};

struct AgreementReport {
  std::string scope;  ///< all | supplier | annotator_pair
  std::optional<std::string> supplier;
  std::optional<std::string> annotator_a;
  std::optional<std::string> annotator_b;
  std::string coefficient;
  std::string weights;
  Estimate value;
  std::uint64_t task_count = 0;
  std::uint64_t annotator_count = 0;
  std::optional<std::string> undefined_because;
};

struct SupplierReport {
  std::string supplier;
  std::uint64_t annotator_count = 0;
  std::uint64_t label_count = 0;
  std::uint64_t task_count = 0;
  Estimate accuracy;
  std::string basis;
  std::uint64_t gold_label_count = 0;
  std::uint64_t gold_correct_count = 0;
  std::optional<double> cost;
  std::optional<double> price_per_label;
  Estimate cost_per_correct;
  std::optional<double> seconds_median;
  std::uint64_t flagged_annotator_count = 0;
  std::vector<double> confusion;  ///< [K,K] shares, row = right answer
};

struct PairReport {
  std::string supplier_a;
  std::string supplier_b;
  Estimate difference;
  std::string basis;
  std::string method;
  std::uint64_t task_count = 0;
  std::uint64_t gold_task_count = 0;
  std::optional<double> probability_a_better;
  std::string conclusion;
};

struct MixOptionReport {
  std::vector<SupplierShare> supplier_mix;
  Estimate accuracy;
  double cost_per_task = 0;
};

struct MixReport {
  double target_accuracy = 0;
  std::vector<MixOptionReport> options;
  std::optional<std::uint64_t> cheapest;
  std::string basis;
};

struct FlagReport {
  std::string code;
  double p_value;
  Message evidence;  ///< code again, with its arguments
};

struct AnnotatorReport {
  std::string annotator;
  std::optional<std::string> supplier;
  std::uint64_t label_count = 0;
  std::uint64_t task_count = 0;
  Estimate accuracy;
  double agreement_with_consensus = 0;
  std::uint64_t gold_label_count = 0;
  std::uint64_t gold_correct_count = 0;
  std::optional<double> seconds_median;
  std::optional<double> cost;
  std::optional<double> cost_per_correct;
  std::vector<FlagReport> flags;
  std::vector<double> confusion;  ///< [K,K] shares; empty where there are too many classes to show
};

struct UncertainTaskReport {
  std::string task;
  std::string consensus;
  double confidence;
  std::uint64_t label_count;
  std::vector<std::uint64_t> votes;  ///< [K]
  double expert_value;  ///< expected gain in P(consensus right) from one answer that is surely right
};

struct LikelyErrorReport {
  std::string task;
  std::string annotator;
  std::optional<std::string> supplier;
  std::string label;
  std::string consensus;
  double probability_wrong;
};

struct CopiedPairReport {
  std::string annotator_a;
  std::string annotator_b;
  std::uint64_t shared_task_count;
  double agreement;
  double expected_agreement;
  double z;
  double p_value;
  double q_value;
};

struct QuestionReport {
  std::string name;
  std::vector<std::string> classes;
  std::uint64_t task_count = 0;
  std::uint64_t annotator_count = 0;
  std::uint64_t label_count = 0;
  std::uint64_t gold_task_count = 0;
  double labels_per_task = 0;
  Estimate label_accuracy;  ///< of all labels together; known where there are no suppliers to tell apart
  std::vector<Message> verdict;
  std::vector<Message> notes;
  MethodReport method;
  std::vector<double> class_prior;
  ConsensusReport consensus;
  std::vector<AgreementReport> agreement;
  std::vector<SupplierReport> suppliers;
  std::vector<PairReport> pairs;
  std::optional<MixReport> mix;
  std::vector<AnnotatorReport> annotators;  ///< all, flagged ones first, then by labels
  std::vector<UncertainTaskReport> uncertain_tasks;
  std::uint64_t likely_error_count = 0;
  std::vector<LikelyErrorReport> likely_errors;
  std::vector<CopiedPairReport> copied_pairs;
};

struct AuditReport {
  std::string mizan_version;
  std::string created_at;  ///< ISO 8601, UTC
  std::uint64_t seed = 0;
  ReportInput input;
  std::vector<QuestionReport> questions;
};

}  // namespace mizan::app
