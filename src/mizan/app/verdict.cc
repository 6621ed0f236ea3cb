#include "mizan/app/verdict.h"

#include <algorithm>
#include <optional>

namespace mizan::app {
namespace {

constexpr std::int64_t kEnoughGold =
    100;  // from here on intervals by gold are as good as their normal theory

bool is_known(const Estimate& estimate) {
  return estimate.value && estimate.low && estimate.high;
}

Message with_interval(Message message, const Estimate& estimate) {
  return std::move(message)
      .with("low", estimate.low ? Argument(*estimate.low) : Argument{})
      .with("high", estimate.high ? Argument(*estimate.high) : Argument{});
}

std::int64_t as_count(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

std::vector<const SupplierReport*> known_suppliers(const QuestionReport& question) {
  std::vector<const SupplierReport*> known;
  for (const SupplierReport& supplier : question.suppliers)
    if (is_known(supplier.accuracy)) known.push_back(&supplier);
  std::stable_sort(known.begin(), known.end(),
                   [](const auto* a, const auto* b) { return *a->accuracy.value > *b->accuracy.value; });
  return known;
}

const PairReport* find_pair(const QuestionReport& question, const std::string& one,
                            const std::string& other) {
  for (const PairReport& pair : question.pairs)
    if ((pair.supplier_a == one && pair.supplier_b == other) ||
        (pair.supplier_a == other && pair.supplier_b == one))
      return &pair;
  return nullptr;
}

Message compare_leaders(const QuestionReport& question, const SupplierReport& best,
                        const SupplierReport& next) {
  const PairReport* pair = find_pair(question, best.supplier, next.supplier);
  if (pair != nullptr && pair->conclusion != "not_known") {
    const bool a_wins = pair->conclusion == "a_better";
    const SupplierReport& winner = (pair->supplier_a == best.supplier) == a_wins ? best : next;
    const double probability = pair->probability_a_better.value_or(0.5);
    return with_interval(Message{"best_supplier"}
                             .with("supplier", winner.supplier)
                             .with("accuracy", *winner.accuracy.value)
                             .with("runner_up", &winner == &best ? next.supplier : best.supplier)
                             .with("probability", a_wins ? probability : 1 - probability),
                         winner.accuracy);
  }
  if (pair != nullptr && is_known(pair->difference))
    return with_interval(Message{"suppliers_not_distinguishable"}
                             .with("supplier_a", pair->supplier_a)
                             .with("supplier_b", pair->supplier_b)
                             .with("difference", *pair->difference.value),
                         pair->difference);
  return Message{"suppliers_not_compared"}
      .with("supplier_a", best.supplier)
      .with("supplier_b", next.supplier);
}

Message who_labels_best(const QuestionReport& question) {
  const auto known = known_suppliers(question);
  if (known.size() >= 2) return compare_leaders(question, *known[0], *known[1]);
  if (known.size() == 1)
    return with_interval(Message{question.suppliers.size() == 1 ? "one_supplier" : "only_supplier_known"}
                             .with("supplier", known[0]->supplier)
                             .with("accuracy", *known[0]->accuracy.value),
                         known[0]->accuracy);
  if (question.suppliers.empty() && is_known(question.label_accuracy))
    return with_interval(Message{"no_suppliers"}
                             .with("accuracy", *question.label_accuracy.value)
                             .with("label_count", as_count(question.label_count))
                             .with("annotator_count", as_count(question.annotator_count)),
                         question.label_accuracy);
  if (question.labels_per_task <= 1 && question.gold_task_count == 0) return Message{"one_label_per_task"};
  return Message{"accuracy_unknown"};
}

std::optional<Message> what_it_costs(const QuestionReport& question) {
  if (question.mix && question.mix->cheapest) {
    const MixOptionReport& best = question.mix->options[*question.mix->cheapest];
    if (is_known(best.accuracy))
      return with_interval(Message{"cheapest_mix"}
                               .with("target", question.mix->target_accuracy)
                               .with("mix", best.supplier_mix)
                               .with("accuracy", *best.accuracy.value)
                               .with("cost_per_task", best.cost_per_task),
                           best.accuracy);
  }
  std::vector<const SupplierReport*> priced;
  for (const SupplierReport& supplier : question.suppliers)
    if (is_known(supplier.cost_per_correct)) priced.push_back(&supplier);
  if (priced.empty()) return std::nullopt;
  std::stable_sort(priced.begin(), priced.end(), [](const auto* a, const auto* b) {
    return *a->cost_per_correct.value < *b->cost_per_correct.value;
  });
  const SupplierReport& cheapest = *priced[0];
  Message message = with_interval(Message{priced.size() > 1 ? "cost_compared" : "cost"}
                                      .with("supplier", cheapest.supplier)
                                      .with("cost_per_correct", *cheapest.cost_per_correct.value),
                                  cheapest.cost_per_correct);
  if (priced.size() == 1) return message;
  const SupplierReport& other = *priced.back();
  return std::move(message)
      .with("other", other.supplier)
      .with("other_cost_per_correct", *other.cost_per_correct.value)
      .with("other_low", *other.cost_per_correct.low)
      .with("other_high", *other.cost_per_correct.high);
}

Message how_sure(const QuestionReport& question) {
  const ConsensusReport& consensus = question.consensus;
  if (consensus.calibration)
    return with_interval(Message{"consensus_calibrated"}
                             .with("gold_task_count", as_count(consensus.calibration->task_count))
                             .with("accuracy", consensus.calibration->accuracy.value.value_or(0))
                             .with("mean_confidence", consensus.calibration->mean_confidence),
                         consensus.calibration->accuracy);
  return Message{"consensus_confidence"}
      .with("task_count", as_count(question.task_count))
      .with("mean_confidence", consensus.mean_confidence)
      .with("labels_per_task", question.labels_per_task);
}

Message what_to_look_at(const QuestionReport& question) {
  const auto flagged =
      std::count_if(question.annotators.begin(), question.annotators.end(),
                    [](const AnnotatorReport& annotator) { return !annotator.flags.empty(); });
  if (question.likely_error_count > 0 || flagged > 0 || question.consensus.uncertain_task_count > 0)
    return Message{"errors_and_flags"}
        .with("error_count", as_count(question.likely_error_count))
        .with("task_count", as_count(question.consensus.uncertain_task_count))
        .with("annotator_count", static_cast<std::int64_t>(flagged));
  if (question.gold_task_count == 0) return Message{"needs_gold"}.with("suggested_count", kEnoughGold);
  return Message{"nothing_found"}.with("annotator_count", as_count(question.annotator_count));
}

void note_suppliers(const QuestionReport& question, std::vector<Message>& notes) {
  for (const SupplierReport& supplier : question.suppliers) {
    const double share =
        static_cast<double>(supplier.label_count) / static_cast<double>(question.label_count);
    if (question.suppliers.size() > 1 && share > 0.8 && question.gold_task_count == 0)
      notes.push_back(Message{"supplier_majority"}.with("supplier", supplier.supplier).with("share", share));
  }
  constexpr std::uint64_t kLittle = 30;
  for (const PairReport& pair : question.pairs) {
    if (pair.task_count >= kLittle) continue;
    Message note{pair.task_count == 0 ? "no_overlap" : "little_overlap"};
    notes.push_back(std::move(note)
                        .with("supplier_a", pair.supplier_a)
                        .with("supplier_b", pair.supplier_b)
                        .with("task_count", as_count(pair.task_count)));
  }
}

void note_prices(const QuestionReport& question, std::vector<Message>& notes) {
  std::vector<std::string> without;
  for (const SupplierReport& supplier : question.suppliers)
    if (!supplier.price_per_label) without.push_back(supplier.supplier);
  if (without.empty()) return;
  if (without.size() == question.suppliers.size())
    notes.push_back(Message{"no_price"});
  else
    notes.push_back(Message{"some_without_price"}.with("suppliers", without));
}

}  // namespace

std::vector<Message> verdict(const QuestionReport& question) {
  const std::optional<Message> cost = what_it_costs(question);
  return {who_labels_best(question), cost ? *cost : how_sure(question), what_to_look_at(question)};
}

std::vector<Message> limits(const QuestionReport& question, bool suppliers_named) {
  std::vector<Message> notes;
  if (!suppliers_named) notes.push_back(Message{"no_supplier_column"});
  note_suppliers(question, notes);
  note_prices(question, notes);
  if (question.consensus.calibration && question.consensus.calibration->ece > 0.1)
    notes.push_back(Message{"calibration_off"}.with("ece", question.consensus.calibration->ece));
  if (!question.method.converged)
    notes.push_back(Message{"not_converged"}
                        .with("method", question.method.name)
                        .with("iterations", static_cast<std::int64_t>(question.method.iterations)));
  const auto flagged =
      std::count_if(question.annotators.begin(), question.annotators.end(),
                    [](const AnnotatorReport& annotator) { return !annotator.flags.empty(); });
  const double share =
      static_cast<double>(flagged) / std::max<double>(1, static_cast<double>(question.annotator_count));
  if (flagged >= 5 && share > 0.3) notes.push_back(Message{"many_annotators_flagged"}.with("share", share));
  return notes;
}

}  // namespace mizan::app
