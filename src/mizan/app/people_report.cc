// The suppliers, their pairs, the cheapest mix and the annotators of a question's report.
#include <algorithm>
#include <cmath>

#include "mizan/app/question_facts.h"
#include "mizan/engine/integrity/speed.h"
#include "mizan/engine/supplier/mix.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMostClassesShown =
    12;  // a larger confusion matrix of one annotator says nothing to a person

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::optional<double> median_seconds_of(const QuestionFacts& facts, std::uint32_t supplier) {
  std::vector<double> seconds;
  if (facts.log.seconds.empty()) return std::nullopt;
  for (std::size_t w = 0; w < facts.log.annotator_count(); ++w) {
    if (facts.table.supplier_of_annotator[w] != supplier) continue;
    for (std::size_t i = facts.log.offsets[w]; i < facts.log.offsets[w + 1]; ++i)
      if (!std::isnan(facts.log.seconds[i])) seconds.push_back(static_cast<double>(facts.log.seconds[i]));
  }
  if (seconds.empty()) return std::nullopt;
  return median(seconds);
}

// Sums of the annotators' confusion counts, as shares by right answer.
std::vector<double> confusion_of_supplier(const QuestionFacts& facts, std::uint32_t supplier) {
  const std::size_t cells = facts.class_count() * facts.class_count();
  if (facts.confusion.empty() || facts.class_count() > 2 * kMostClassesShown) return {};
  std::vector<double> sum(cells, 0);
  for (std::size_t w = 0; w < facts.labels.annotator_count(); ++w)
    if (facts.table.supplier_of_annotator[w] == supplier)
      for (std::size_t i = 0; i < cells; ++i) sum[i] += facts.confusion[w * cells + i];
  return row_shares(sum.data(), facts.class_count());
}

// Share of an annotator's labels that are the consensus [W].
std::vector<double> agreement_with_consensus(const QuestionFacts& facts) {
  std::vector<double> same(facts.labels.annotator_count(), 0);
  std::vector<double> all(facts.labels.annotator_count(), 0);
  for (truth::TaskIndex t = 0; t < facts.labels.task_count(); ++t) {
    if (facts.labels.label_count_of_task(t) == 0) continue;
    const truth::ClassIndex consensus = truth::best_class(facts.posterior().row(t));
    facts.labels.visit_task(t, [&](truth::AnnotatorIndex annotator, truth::ClassIndex label) {
      all[annotator] += 1;
      same[annotator] += label == consensus;
    });
  }
  for (std::size_t w = 0; w < same.size(); ++w) same[w] /= std::max(1.0, all[w]);
  return same;
}

template <class Row>
void set_accuracy(const supplier::Accuracy& accuracy, Row& row) {
  row.label_count = accuracy.label_count;
  row.task_count = accuracy.task_count;
  row.accuracy = estimate_of(accuracy.value, accuracy.interval);
  row.gold_label_count = accuracy.gold_label_count;
  row.gold_correct_count = accuracy.gold_correct_count;
}

}  // namespace

Estimate estimate_of(double value, supplier::Interval interval) {
  if (!std::isfinite(value)) return {};
  return {value, known(interval.low), known(interval.high)};
}

std::string basis_name(supplier::Basis basis) {
  switch (basis) {
    case supplier::Basis::gold:
      return "gold";
    case supplier::Basis::model:
      return "model";
    case supplier::Basis::gold_and_model:
      return "gold_and_model";
  }
  return "model";
}

std::vector<double> row_shares(const double* counts, std::size_t class_count) {
  std::vector<double> shares(counts, counts + class_count * class_count);
  for (std::size_t k = 0; k < class_count; ++k) {
    double total = 0;
    for (std::size_t l = 0; l < class_count; ++l) total += shares[k * class_count + l];
    for (std::size_t l = 0; l < class_count && total > 0; ++l) shares[k * class_count + l] /= total;
  }
  return shares;
}

std::vector<SupplierReport> supplier_report(const QuestionFacts& facts) {
  std::vector<SupplierReport> list;
  for (std::uint32_t s = 0; s < facts.table.suppliers.size(); ++s) {
    const supplier::Accuracy& accuracy = facts.accuracy.suppliers[s];
    if (accuracy.label_count == 0) continue;
    SupplierReport row;
    row.supplier = std::string(facts.table.suppliers[s]);
    set_accuracy(accuracy, row);
    row.basis = basis_name(accuracy.basis);
    for (std::size_t w = 0; w < facts.labels.annotator_count(); ++w)
      row.annotator_count +=
          facts.table.supplier_of_annotator[w] == s && facts.accuracy.annotators[w].label_count > 0;
    const supplier::Cost& cost = facts.costs.suppliers[s];
    row.cost = known(cost.cost);
    row.price_per_label = known(cost.price_per_label);
    const supplier::CostPerCorrect per_correct = supplier::cost_per_correct(cost, accuracy);
    row.cost_per_correct = estimate_of(per_correct.value, per_correct.interval);
    row.seconds_median = median_seconds_of(facts, s);
    row.confusion = confusion_of_supplier(facts, s);
    list.push_back(std::move(row));
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    return a.accuracy.value.value_or(-1) > b.accuracy.value.value_or(-1);
  });
  return list;
}

namespace {

// The same comparison seen from the other side.
PairReport turned_round(PairReport pair) {
  std::swap(pair.supplier_a, pair.supplier_b);
  const Estimate old = pair.difference;
  const auto negative = [](std::optional<double> value) { return value ? std::optional(-*value) : value; };
  pair.difference = {negative(old.value), negative(old.high), negative(old.low)};
  if (pair.probability_a_better) pair.probability_a_better = 1 - *pair.probability_a_better;
  if (pair.conclusion != "not_known")
    pair.conclusion = pair.conclusion == "a_better" ? "b_better" : "a_better";
  return pair;
}

}  // namespace

std::vector<PairReport> pair_report(const QuestionFacts& facts) {
  std::vector<PairReport> list;
  if (!facts.table.has_suppliers()) return list;
  for (const supplier::PairComparison& pair : facts.accuracy.pairs) {
    PairReport row;
    row.supplier_a = std::string(facts.table.suppliers[pair.supplier_a]);
    row.supplier_b = std::string(facts.table.suppliers[pair.supplier_b]);
    row.difference = estimate_of(pair.difference, pair.interval);
    row.basis = basis_name(pair.basis);
    row.method = pair.method == supplier::CompareMethod::ppi_plus_plus ? "ppi_plus_plus" : "model";
    row.task_count = pair.task_count;
    row.gold_task_count = pair.gold_task_count;
    if (row.difference.value) row.probability_a_better = pair.probability_a_better;
    row.conclusion = pair.conclusion == supplier::Conclusion::a_better   ? "a_better"
                     : pair.conclusion == supplier::Conclusion::b_better ? "b_better"
                                                                         : "not_known";
    // The one that looks better stands first, so that differences read as advantages.
    list.push_back(row.difference.value.value_or(0) < 0 ? turned_round(std::move(row)) : std::move(row));
  }
  return list;
}

std::optional<MixReport> mix_report(const QuestionFacts& facts, double target_accuracy, std::uint64_t seed,
                                    truth::Run run) {
  if (!facts.table.has_suppliers()) return std::nullopt;
  std::vector<double> prices;
  for (const supplier::Cost& cost : facts.costs.suppliers) prices.push_back(cost.price_per_label);
  const auto mix = supplier::cheapest_mix({.labels = facts.labels,
                                           .gold = facts.gold,
                                           .posterior = facts.posterior(),
                                           .supplier_of_annotator = facts.table.supplier_of_annotator,
                                           .supplier_count = facts.table.suppliers.size(),
                                           .price_per_label = prices,
                                           .target_accuracy = target_accuracy,
                                           .seed = seed},
                                          run);
  if (!mix || mix->options.empty()) return std::nullopt;
  MixReport report;
  report.target_accuracy = target_accuracy;
  report.basis = basis_name(mix->basis);
  if (mix->cheapest) report.cheapest = *mix->cheapest;
  for (const supplier::MixOption& option : mix->options) {
    MixOptionReport row{{}, estimate_of(option.accuracy, option.interval), option.cost_per_task};
    for (const supplier::MixPart& part : option.parts)
      row.supplier_mix.push_back({std::string(facts.table.suppliers[part.supplier]), part.labels_per_task});
    report.options.push_back(std::move(row));
  }
  return report;
}

std::vector<AnnotatorReport> annotator_report(const QuestionFacts& facts) {
  const std::vector<double> same = agreement_with_consensus(facts);
  const std::vector<double> seconds = integrity::median_seconds(facts.log);
  const std::size_t cells = facts.class_count() * facts.class_count();
  std::vector<AnnotatorReport> list(facts.labels.annotator_count());
  for (std::size_t w = 0; w < list.size(); ++w) {
    AnnotatorReport& row = list[w];
    const supplier::Accuracy& accuracy = facts.accuracy.annotators[w];
    row.annotator = facts.annotator_name(w);
    row.supplier = facts.supplier_name_of(w);
    set_accuracy(accuracy, row);
    row.agreement_with_consensus = same[w];
    if (!seconds.empty()) row.seconds_median = known(seconds[w]);
    row.cost = known(facts.costs.annotators[w].cost);
    row.cost_per_correct = known(supplier::cost_per_correct(facts.costs.annotators[w], accuracy).value);
    if (!facts.confusion.empty() && facts.class_count() <= kMostClassesShown)
      row.confusion = row_shares(facts.confusion.data() + w * cells, facts.class_count());
  }
  return list;
}

}  // namespace mizan::app
