// The agreement part of a question's report: of all annotators, within each supplier, and between single
// annotators where they are few.
#include <charconv>
#include <cmath>

#include "mizan/app/question_facts.h"
#include "mizan/engine/agreement/cohen.h"
#include "mizan/engine/agreement/gwet.h"
#include "mizan/engine/agreement/krippendorff.h"

namespace mizan::app {
namespace {

using agreement::Coefficient;

AgreementReport report_of(const Coefficient& coefficient, std::string name, std::string weights) {
  AgreementReport report;
  report.scope = "all";
  report.coefficient = std::move(name);
  report.weights = std::move(weights);
  report.task_count = coefficient.task_count;
  if (coefficient.value)
    report.value = {coefficient.value, coefficient.low, coefficient.high};
  else
    report.undefined_because = std::string(agreement::undefined_name(coefficient.undefined));
  return report;
}

// The numbers that the classes are, or nothing when one is not a number.
std::vector<double> numbers_of(const domain::Dictionary& classes) {
  std::vector<double> numbers;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const std::string_view text = classes[k];
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return {};
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<AgreementReport> of_counts(const agreement::ClassCounts& counts,
                                       const std::vector<double>& numbers) {
  const auto identity = agreement::weight_table(agreement::Weights::identity, counts.class_count);
  std::vector<AgreementReport> list{
      report_of(agreement::krippendorff_alpha(counts, agreement::Scale::nominal), "krippendorff_alpha",
                "nominal"),
      report_of(agreement::gwet_ac(counts, identity), "gwet_ac1", "nominal"),
      report_of(agreement::fleiss_kappa(counts, identity), "fleiss_kappa", "nominal"),
      report_of(agreement::percent_agreement(counts, identity), "percent", "nominal")};
  if (counts.class_count > 2 && !numbers.empty()) {
    list.push_back(report_of(agreement::krippendorff_alpha(counts, agreement::Scale::ordinal),
                             "krippendorff_alpha", "ordinal"));
    list.push_back(report_of(agreement::krippendorff_alpha(counts, agreement::Scale::interval, numbers),
                             "krippendorff_alpha", "interval"));
    list.push_back(report_of(
        agreement::gwet_ac(counts, agreement::weight_table(agreement::Weights::ordinal, counts.class_count)),
        "gwet_ac2", "ordinal"));
  }
  return list;
}

std::vector<std::uint64_t> label_counts(const truth::LabelMatrix& labels) {
  std::vector<std::uint64_t> counts(labels.annotator_count(), 0);
  for (truth::TaskIndex t = 0; t < labels.task_count(); ++t)
    labels.visit_task(t, [&](truth::AnnotatorIndex annotator, truth::ClassIndex) { ++counts[annotator]; });
  return counts;
}

void add_suppliers(const QuestionFacts& facts, const std::vector<double>& numbers,
                   const std::vector<std::uint64_t>& counts, std::vector<AgreementReport>& list) {
  if (facts.table.suppliers.size() < 2) return;
  constexpr std::size_t kMostSuppliers = 50;
  for (std::size_t s = 0; s < std::min(kMostSuppliers, facts.table.suppliers.size()); ++s) {
    std::vector<char> is_own(facts.labels.annotator_count(), 0);
    std::uint64_t annotators = 0;
    for (std::size_t w = 0; w < is_own.size(); ++w) {
      is_own[w] = facts.table.supplier_of_annotator[w] == s;
      annotators += is_own[w] && counts[w] > 0;
    }
    for (AgreementReport& report : of_counts(agreement::class_counts(facts.labels, is_own), numbers)) {
      report.scope = "supplier";
      report.supplier = std::string(facts.table.suppliers[s]);
      report.annotator_count = annotators;
      list.push_back(std::move(report));
    }
  }
}

void add_annotator_pairs(const QuestionFacts& facts, std::vector<AgreementReport>& list) {
  constexpr std::size_t kMostAnnotators = 12;
  const std::size_t annotators = facts.labels.annotator_count();
  if (annotators > kMostAnnotators) return;
  const auto identity = agreement::weight_table(agreement::Weights::identity, facts.class_count());
  for (std::uint32_t a = 0; a < annotators; ++a)
    for (std::uint32_t b = a + 1; b < annotators; ++b) {
      AgreementReport report = report_of(
          agreement::cohen_kappa(agreement::pair_table(facts.labels, a, b), facts.class_count(), identity),
          "cohen_kappa", "nominal");
      report.scope = "annotator_pair";
      report.annotator_a = facts.annotator_name(a);
      report.annotator_b = facts.annotator_name(b);
      report.annotator_count = 2;
      list.push_back(std::move(report));
    }
}

}  // namespace

std::vector<AgreementReport> agreement_report(const QuestionFacts& facts) {
  const std::vector<double> numbers = numbers_of(facts.question.classes);
  const std::vector<std::uint64_t> counts = label_counts(facts.labels);
  std::uint64_t annotators = 0;
  for (const std::uint64_t count : counts) annotators += count > 0;
  std::vector<AgreementReport> list = of_counts(agreement::class_counts(facts.labels), numbers);
  for (AgreementReport& report : list) report.annotator_count = annotators;
  add_suppliers(facts, numbers, counts, list);
  add_annotator_pairs(facts, list);
  return list;
}

}  // namespace mizan::app
