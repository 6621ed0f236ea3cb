// What all parts of the audit of one question read: the labels, what is believed of them, and who gave them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/audit_report.h"
#include "mizan/domain/label_table.h"
#include "mizan/engine/integrity/answer_log.h"
#include "mizan/engine/integrity/low_effort.h"
#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/supplier/cost.h"
#include "mizan/engine/truth/blend/blend.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::app {

struct QuestionFacts {
  const domain::LabelTable& table;
  const domain::Question& question;
  const truth::LabelMatrix& labels;
  std::span<const std::int32_t> gold;  ///< [I] or empty
  const truth::Blend& blend;
  const supplier::AccuracyReport& accuracy;
  const supplier::Costs& costs;
  const integrity::AnswerLog& log;
  const std::vector<double>& confusion;  ///< [W,K,K] expected counts, or empty where they would be too large

  [[nodiscard]] std::size_t class_count() const { return labels.class_count(); }
  [[nodiscard]] const truth::Table& posterior() const { return blend.belief.posterior; }
  [[nodiscard]] std::string class_name(std::size_t k) const { return std::string(question.classes[k]); }
  [[nodiscard]] std::string annotator_name(std::size_t w) const { return std::string(table.annotators[w]); }
  [[nodiscard]] std::optional<std::string> supplier_name_of(std::size_t annotator) const {
    if (!table.has_suppliers()) return std::nullopt;
    return std::string(table.suppliers[table.supplier_of_annotator[annotator]]);
  }
};

/// An engine's figure as the report has it: NaN becomes "cannot be known".
[[nodiscard]] std::optional<double> known(double value);
[[nodiscard]] Estimate estimate_of(double value, supplier::Interval interval);
[[nodiscard]] std::string basis_name(supplier::Basis basis);
/// Rows of [K,K] counts as shares; a row without labels stays zero.
[[nodiscard]] std::vector<double> row_shares(const double* counts, std::size_t class_count);

// The parts of the report, one function each.
[[nodiscard]] MethodReport method_report(const truth::Blend& blend, const domain::Question& question,
                                         const std::string& name);
[[nodiscard]] ConsensusReport consensus_report(const QuestionFacts& facts);
[[nodiscard]] std::vector<UncertainTaskReport> uncertain_tasks(const QuestionFacts& facts);
[[nodiscard]] std::vector<AgreementReport> agreement_report(const QuestionFacts& facts);
[[nodiscard]] std::vector<SupplierReport> supplier_report(const QuestionFacts& facts);
[[nodiscard]] std::vector<PairReport> pair_report(const QuestionFacts& facts);
[[nodiscard]] std::optional<MixReport> mix_report(const QuestionFacts& facts, double target_accuracy,
                                                  std::uint64_t seed, truth::Run run);
[[nodiscard]] std::vector<AnnotatorReport> annotator_report(const QuestionFacts& facts);
/// Adds likely errors, copied work and the flags of annotators and suppliers.
void add_integrity(const QuestionFacts& facts, truth::Run run, QuestionReport& report);
/// An engine's note as a message: classes get their names.
[[nodiscard]] Message message_of(const truth::Note& note, const domain::Question& question);

/// Less sure than this and a task deserves an expert.
inline constexpr double kUncertain = 0.7;

}  // namespace mizan::app
