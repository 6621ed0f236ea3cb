#include "mizan/app/audit_question.h"

#include <algorithm>

#include "mizan/app/question_facts.h"
#include "mizan/app/verdict.h"
#include "mizan/engine/truth/blend/identifiability.h"
#include "mizan/engine/truth/confusion.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMostConfusionCells = 1 << 26;

std::vector<std::int32_t> gold_by_task(const domain::LabelTable& table, const domain::Question& question) {
  if (question.gold.empty()) return {};
  std::vector<std::int32_t> gold(table.tasks.size(), truth::kNoGold);
  for (const domain::GoldAnswer& answer : question.gold) gold[answer.task] = answer.answer;
  return gold;
}

Result<truth::Blend> infer(const truth::Evidence& evidence, const AuditRequest& request, truth::Run run) {
  truth::BlendOptions options;
  options.is_strong = request.is_strong;
  options.seed = request.seed;
  if (request.method != "blend") options.methods = {request.method};
  MIZAN_TRY(truth::Blend blend, truth::blend(evidence, options, run));
  if (request.method != "blend")
    blend.reasons.insert(blend.reasons.begin(), truth::Note{"chosen_by_user", {{"method", request.method}}});
  return blend;
}

Result<supplier::AccuracyReport> weigh(const domain::LabelTable& table, const truth::Evidence& evidence,
                                       const truth::Blend& blend, const AuditRequest& request,
                                       truth::Run run) {
  std::vector<const truth::Table*> others;
  for (const truth::BlendPart& part : blend.parts)
    if (!part.posterior.values.empty()) others.push_back(&part.posterior);
  return supplier::assess_accuracy({.labels = evidence.labels,
                                    .gold = evidence.gold,
                                    .posterior = blend.belief.posterior,
                                    .other_posteriors = others,
                                    .supplier_of_annotator = table.supplier_of_annotator,
                                    .supplier_count = std::max<std::size_t>(1, table.suppliers.size()),
                                    .seed = request.seed},
                                   run);
}

supplier::Costs costs_of(const domain::LabelTable& table) {
  return supplier::label_costs({.annotator = table.annotator,
                                .price_micros = table.price_micros,
                                .supplier_of_annotator = table.supplier_of_annotator,
                                .annotator_count = table.annotators.size(),
                                .supplier_count = std::max<std::size_t>(1, table.suppliers.size())});
}

QuestionTables tables_of(const truth::LabelMatrix& labels, const truth::Table& posterior) {
  QuestionTables tables;
  for (truth::TaskIndex t = 0; t < labels.task_count(); ++t) {
    const std::size_t count = labels.label_count_of_task(t);
    if (count == 0) continue;
    const auto belief = posterior.row(t);
    const truth::ClassIndex best = truth::best_class(belief);
    tables.task.push_back(t);
    tables.consensus.push_back(best);
    tables.confidence.push_back(belief[best]);
    tables.label_count.push_back(static_cast<std::int64_t>(count));
    tables.posterior.insert(tables.posterior.end(), belief.begin(), belief.end());
  }
  return tables;
}

void add_sizes(const QuestionFacts& facts, QuestionReport& report) {
  report.name = facts.question.name;
  for (std::size_t k = 0; k < facts.class_count(); ++k) report.classes.push_back(facts.class_name(k));
  report.label_count = facts.labels.label_count();
  for (truth::TaskIndex t = 0; t < facts.labels.task_count(); ++t) {
    if (facts.labels.label_count_of_task(t) == 0) continue;
    ++report.task_count;
    report.gold_task_count += !facts.gold.empty() && facts.gold[t] != truth::kNoGold;
  }
  for (const supplier::Accuracy& accuracy : facts.accuracy.annotators)
    report.annotator_count += accuracy.label_count > 0;
  report.labels_per_task =
      static_cast<double>(report.label_count) / std::max<double>(1, static_cast<double>(report.task_count));
  report.class_prior = facts.blend.belief.class_prior;
}

// Without gold, one label a task says nothing of who is right: no accuracy may be shown.
bool accuracy_is_unknowable(const QuestionReport& report) {
  return report.gold_task_count == 0 &&
         (report.label_count <= report.task_count || report.annotator_count < 2);
}

void forget_accuracy(QuestionReport& report) {
  report.label_accuracy = {};
  for (SupplierReport& supplier : report.suppliers) supplier.accuracy = supplier.cost_per_correct = {};
  for (AnnotatorReport& annotator : report.annotators) {
    annotator.accuracy = {};
    annotator.cost_per_correct.reset();
    annotator.flags.clear();
  }
  for (PairReport& pair : report.pairs) {
    pair.difference = {};
    pair.probability_a_better.reset();
    pair.conclusion = "not_known";
  }
  report.mix.reset();
}

// Flagged annotators first, then by labels given; those without labels for this question are left out.
void order_annotators(QuestionReport& report) {
  std::erase_if(report.annotators,
                [](const AnnotatorReport& annotator) { return annotator.label_count == 0; });
  std::stable_sort(report.annotators.begin(), report.annotators.end(),
                   [](const AnnotatorReport& a, const AnnotatorReport& b) {
                     if (a.flags.empty() != b.flags.empty()) return !a.flags.empty();
                     return a.label_count > b.label_count;
                   });
}

QuestionReport report_of(const QuestionFacts& facts, const AuditRequest& request, truth::Run run) {
  QuestionReport report;
  add_sizes(facts, report);
  report.method = method_report(facts.blend, facts.question, request.method);
  report.consensus = consensus_report(facts);
  report.agreement = agreement_report(facts);
  report.suppliers = supplier_report(facts);
  report.pairs = pair_report(facts);
  report.mix = mix_report(facts, request.target_accuracy, request.seed, run);
  if (!facts.table.has_suppliers())
    report.label_accuracy =
        estimate_of(facts.accuracy.suppliers[0].value, facts.accuracy.suppliers[0].interval);
  report.annotators = annotator_report(facts);
  report.uncertain_tasks = uncertain_tasks(facts);
  run.progress.report("looking for odd patterns", 0, 0);
  add_integrity(facts, run, report);
  if (accuracy_is_unknowable(report)) forget_accuracy(report);
  order_annotators(report);
  for (const truth::Note& note : truth::identifiability({facts.labels, facts.gold}))
    report.notes.push_back(message_of(note, facts.question));
  for (Message& limit : limits(report, facts.table.has_suppliers())) report.notes.push_back(std::move(limit));
  report.verdict = verdict(report);
  return report;
}

}  // namespace

Result<QuestionOutcome> audit_question(const domain::LabelTable& table, std::size_t question_index,
                                       const AuditRequest& request, truth::Run run) {
  const domain::Question& question = table.questions[question_index];
  run.progress.report("sorting labels by task", 0, 0);
  MIZAN_TRY(const truth::LabelMatrix labels,
            truth::LabelMatrix::from_columns(
                run.pool, table.task, table.annotator, question.label, table.tasks.size(),
                table.annotators.size(), question.classes.size(),
                request.keep_repeats ? truth::Repeats::keep_all : truth::Repeats::keep_last));
  const std::vector<std::int32_t> gold = gold_by_task(table, question);
  const truth::Evidence evidence{labels, gold};
  run.progress.report("inferring the answers", 0, 0);
  MIZAN_TRY(const truth::Blend blend, infer(evidence, request, run));
  run.progress.report("weighing annotators and suppliers", 0, 0);
  MIZAN_TRY(const supplier::AccuracyReport accuracy, weigh(table, evidence, blend, request, run));
  const supplier::Costs costs = costs_of(table);
  const integrity::AnswerLog log = integrity::answer_log(table, question);
  const std::size_t cells = labels.annotator_count() * labels.class_count() * labels.class_count();
  const std::vector<double> confusion = cells <= kMostConfusionCells
                                            ? truth::confusion_counts(labels, blend.belief.posterior, run)
                                            : std::vector<double>();
  const QuestionFacts facts{table, question, labels, gold, blend, accuracy, costs, log, confusion};
  QuestionOutcome outcome{report_of(facts, request, run), tables_of(labels, blend.belief.posterior)};
  if (labels.repeat_count() > 0)
    outcome.report.notes.push_back(
        Message{"repeated_labels"}.with("count", static_cast<std::int64_t>(labels.repeat_count())));
  return outcome;
}

}  // namespace mizan::app
