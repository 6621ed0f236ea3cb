#include "mizan/app/report_json.h"

#include <algorithm>

#include "mizan/base/json_writer.h"

namespace mizan::app {
namespace {

void write(JsonWriter& json, const Argument& argument) {
  struct Visitor {
    JsonWriter& json;
    void operator()(std::monostate) { json.null(); }
    void operator()(double number) { json.value(number); }
    void operator()(std::int64_t number) { json.value(number); }
    void operator()(const std::string& text) { json.value(std::string_view(text)); }
    void operator()(const std::vector<std::string>& texts) { json.value(texts); }
    void operator()(const std::vector<SupplierShare>& mix) {
      json.begin_array();
      for (const SupplierShare& share : mix) {
        json.begin_object();
        json.member("supplier", share.supplier);
        json.member("labels_per_task", share.labels_per_task);
        json.end_object();
      }
      json.end_array();
    }
  };
  std::visit(Visitor{json}, argument);
}

void write_args(JsonWriter& json, const Message& message) {
  json.key("args").begin_object();
  for (const auto& [name, argument] : message.args) {
    json.key(name);
    write(json, argument);
  }
  json.end_object();
}

void write(JsonWriter& json, const Message& message) {
  json.begin_object();
  json.member("code", message.code);
  write_args(json, message);
  json.end_object();
}

// What lists are made of; each is defined below.
void write(JsonWriter& json, const AgreementReport& agreement);
void write(JsonWriter& json, const SupplierReport& supplier);
void write(JsonWriter& json, const PairReport& pair);
void write(JsonWriter& json, const FlagReport& flag);
void write(JsonWriter& json, const AnnotatorReport& annotator);
void write(JsonWriter& json, const UncertainTaskReport& task);
void write(JsonWriter& json, const LikelyErrorReport& error);
void write(JsonWriter& json, const CopiedPairReport& pair);

template <class T>
void write_list(JsonWriter& json, std::string_view name, const std::vector<T>& list) {
  json.key(name).begin_array();
  for (const T& each : list) write(json, each);
  json.end_array();
}

// An estimate becomes three members: name, name_low, name_high; `value` itself has plain low and high.
void write_estimate(JsonWriter& json, const std::string& name, const Estimate& estimate,
                    bool plain_ends = false) {
  json.member(name, estimate.value);
  json.member(plain_ends ? "low" : name + "_low", estimate.low);
  json.member(plain_ends ? "high" : name + "_high", estimate.high);
}

void write(JsonWriter& json, const ReportInput& input) {
  json.key("input").begin_object();
  json.member("name", input.name);
  json.member("format", input.format);
  json.member("byte_count", input.byte_count);
  json.member("row_count", input.row_count);
  json.member("used_row_count", input.used_row_count);
  json.key("columns").begin_array();
  for (const ReportColumn& column : input.columns) {
    json.begin_object();
    json.member("name", column.name);
    json.member("role", column.role);
    json.end_object();
  }
  json.end_array();
  json.member("task_count", input.task_count);
  json.member("annotator_count", input.annotator_count);
  json.member("supplier_count", input.supplier_count);
  json.member("currency", input.currency);
  json.key("oddities").begin_array();
  for (const ReportOddity& oddity : input.oddities) {
    json.begin_object();
    json.member("code", oddity.code);
    json.member("count", oddity.count);
    json.member("examples", oddity.examples);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write(JsonWriter& json, const MethodReport& method) {
  json.key("method").begin_object();
  json.member("name", method.name);
  json.key("parts").begin_array();
  for (const MethodPart& part : method.parts) {
    json.begin_object();
    json.member("method", part.method);
    json.member("weight", part.weight);
    json.end_object();
  }
  json.end_array();
  write_list(json, "reasons", method.reasons);
  json.member("temperature", method.temperature);
  json.member("calibrated_on", method.calibrated_on);
  json.member("iterations", method.iterations);
  json.member("converged", method.converged);
  json.end_object();
}

void write(JsonWriter& json, const CalibrationReport& calibration) {
  json.begin_object();
  json.member("task_count", calibration.task_count);
  write_estimate(json, "accuracy", calibration.accuracy);
  json.member("mean_confidence", calibration.mean_confidence);
  json.member("ece", calibration.ece);
  json.member("log_loss", calibration.log_loss);
  json.key("bins").begin_array();
  for (const CalibrationBinReport& bin : calibration.bins) {
    json.begin_object();
    json.member("low", bin.low);
    json.member("high", bin.high);
    json.member("task_count", bin.task_count);
    json.member("mean_confidence", bin.mean_confidence);
    write_estimate(json, "accuracy", bin.accuracy);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write(JsonWriter& json, const ConsensusReport& consensus) {
  json.key("consensus").begin_object();
  json.member("mean_confidence", consensus.mean_confidence);
  json.member("confidence_histogram", consensus.confidence_histogram);
  json.member("class_counts", consensus.class_counts);
  json.member("uncertain_task_count", consensus.uncertain_task_count);
  json.key("calibration");
  consensus.calibration ? write(json, *consensus.calibration) : json.null();
  json.end_object();
}

void write(JsonWriter& json, const AgreementReport& agreement) {
  json.begin_object();
  json.member("scope", agreement.scope);
  json.member("supplier", agreement.supplier);
  if (agreement.annotator_a) json.member("annotator_a", agreement.annotator_a);
  if (agreement.annotator_b) json.member("annotator_b", agreement.annotator_b);
  json.member("coefficient", agreement.coefficient);
  json.member("weights", agreement.weights);
  write_estimate(json, "value", agreement.value, true);
  json.member("task_count", agreement.task_count);
  json.member("annotator_count", agreement.annotator_count);
  json.member("undefined_because", agreement.undefined_because);
  json.end_object();
}

void write(JsonWriter& json, const SupplierReport& supplier) {
  json.begin_object();
  json.member("supplier", supplier.supplier);
  json.member("annotator_count", supplier.annotator_count);
  json.member("label_count", supplier.label_count);
  json.member("task_count", supplier.task_count);
  write_estimate(json, "accuracy", supplier.accuracy);
  json.member("basis", supplier.basis);
  json.member("gold_label_count", supplier.gold_label_count);
  json.member("gold_correct_count", supplier.gold_correct_count);
  json.member("cost", supplier.cost);
  json.member("price_per_label", supplier.price_per_label);
  write_estimate(json, "cost_per_correct", supplier.cost_per_correct);
  json.member("seconds_median", supplier.seconds_median);
  json.member("flagged_annotator_count", supplier.flagged_annotator_count);
  json.member("confusion", supplier.confusion);
  json.end_object();
}

void write(JsonWriter& json, const PairReport& pair) {
  json.begin_object();
  json.member("supplier_a", pair.supplier_a);
  json.member("supplier_b", pair.supplier_b);
  write_estimate(json, "difference", pair.difference, true);
  json.member("basis", pair.basis);
  json.member("method", pair.method);
  json.member("task_count", pair.task_count);
  json.member("gold_task_count", pair.gold_task_count);
  json.member("probability_a_better", pair.probability_a_better);
  json.member("conclusion", pair.conclusion);
  json.end_object();
}

void write(JsonWriter& json, const MixReport& mix) {
  json.begin_object();
  json.member("target_accuracy", mix.target_accuracy);
  json.key("options").begin_array();
  for (const MixOptionReport& option : mix.options) {
    json.begin_object();
    json.key("supplier_mix");
    write(json, Argument(option.supplier_mix));
    write_estimate(json, "accuracy", option.accuracy);
    json.member("cost_per_task", option.cost_per_task);
    json.end_object();
  }
  json.end_array();
  json.member("cheapest", mix.cheapest);
  json.member("basis", mix.basis);
  json.end_object();
}

void write(JsonWriter& json, const FlagReport& flag) {
  json.begin_object();
  json.member("code", flag.code);
  json.member("p_value", flag.p_value);
  write_args(json, flag.evidence);
  json.end_object();
}

void write(JsonWriter& json, const AnnotatorReport& annotator) {
  json.begin_object();
  json.member("annotator", annotator.annotator);
  json.member("supplier", annotator.supplier);
  json.member("label_count", annotator.label_count);
  json.member("task_count", annotator.task_count);
  write_estimate(json, "accuracy", annotator.accuracy);
  json.member("agreement_with_consensus", annotator.agreement_with_consensus);
  json.member("gold_label_count", annotator.gold_label_count);
  json.member("gold_correct_count", annotator.gold_correct_count);
  json.member("seconds_median", annotator.seconds_median);
  json.member("cost", annotator.cost);
  json.member("cost_per_correct", annotator.cost_per_correct);
  write_list(json, "flags", annotator.flags);
  json.member("confusion", annotator.confusion);
  json.end_object();
}

void write(JsonWriter& json, const UncertainTaskReport& task) {
  json.begin_object();
  json.member("task", task.task);
  json.member("consensus", task.consensus);
  json.member("confidence", task.confidence);
  json.member("label_count", task.label_count);
  json.member("votes", task.votes);
  json.member("expert_value", task.expert_value);
  json.end_object();
}

void write(JsonWriter& json, const LikelyErrorReport& error) {
  json.begin_object();
  json.member("task", error.task);
  json.member("annotator", error.annotator);
  json.member("supplier", error.supplier);
  json.member("label", error.label);
  json.member("consensus", error.consensus);
  json.member("probability_wrong", error.probability_wrong);
  json.end_object();
}

void write(JsonWriter& json, const CopiedPairReport& pair) {
  json.begin_object();
  json.member("annotator_a", pair.annotator_a);
  json.member("annotator_b", pair.annotator_b);
  json.member("shared_task_count", pair.shared_task_count);
  json.member("agreement", pair.agreement);
  json.member("expected_agreement", pair.expected_agreement);
  json.member("z", pair.z);
  json.member("p_value", pair.p_value);
  json.member("q_value", pair.q_value);
  json.end_object();
}

void write_question(JsonWriter& json, const QuestionReport& question, std::size_t most_annotators) {
  json.begin_object();
  json.member("name", question.name);
  json.member("classes", question.classes);
  json.member("task_count", question.task_count);
  json.member("annotator_count", question.annotator_count);
  json.member("label_count", question.label_count);
  json.member("gold_task_count", question.gold_task_count);
  json.member("labels_per_task", question.labels_per_task);
  write_estimate(json, "label_accuracy", question.label_accuracy);
  write_list(json, "verdict", question.verdict);
  write_list(json, "notes", question.notes);
  write(json, question.method);
  json.member("class_prior", question.class_prior);
  write(json, question.consensus);
  write_list(json, "agreement", question.agreement);
  write_list(json, "suppliers", question.suppliers);
  write_list(json, "pairs", question.pairs);
  json.key("mix");
  question.mix ? write(json, *question.mix) : json.null();
  const std::size_t shown = std::min(most_annotators, question.annotators.size());
  json.key("annotators").begin_array();
  for (std::size_t i = 0; i < shown; ++i) write(json, question.annotators[i]);
  json.end_array();
  json.member("annotators_shown", static_cast<std::uint64_t>(shown));
  write_list(json, "uncertain_tasks", question.uncertain_tasks);
  json.member("likely_error_count", question.likely_error_count);
  write_list(json, "likely_errors", question.likely_errors);
  write_list(json, "copied_pairs", question.copied_pairs);
  json.end_object();
}

}  // namespace

std::string report_json(const AuditReport& report, std::size_t most_annotators) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "mizan.audit.report");
  json.member("schema_version", 1);
  json.member("mizan_version", report.mizan_version);
  json.member("created_at", report.created_at);
  json.member("seed", report.seed);
  write(json, report.input);
  json.key("questions").begin_array();
  for (const QuestionReport& question : report.questions) write_question(json, question, most_annotators);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace mizan::app
