// The second half of check_posteriors.h: live against batch.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "mizan/app/inference/check_posteriors.h"
#include "mizan/app/models/gold_labels.h"
#include "mizan/engine/truth/methods/ibcc.h"
#include "mizan/engine/truth/online/online_model.h"
#include "mizan/store/quality/labels.h"

namespace mizan::app {
namespace {

constexpr double kTight = 1e-8;
constexpr double kSame = 1e-6;

// The labels of one question in the engine's numbers.
struct QuestionLabels {
  std::vector<truth::LabelRow> rows;
  std::map<domain::TaskId, truth::TaskIndex> tasks;
  std::map<domain::AnnotatorId, truth::AnnotatorIndex> annotators;
  std::vector<std::uint32_t> supplier_of;
  std::map<domain::SupplierId, std::uint32_t> suppliers;
  std::size_t classes = 2;

  truth::TaskIndex index_of(domain::TaskId task) {
    return tasks.try_emplace(task, static_cast<truth::TaskIndex>(tasks.size())).first->second;
  }
  void add(const store::TaskLabel& label) {
    const auto annotator =
        annotators.try_emplace(label.annotator, static_cast<truth::AnnotatorIndex>(annotators.size())).first;
    const auto supplier =
        suppliers.try_emplace(label.supplier, static_cast<std::uint32_t>(suppliers.size())).first->second;
    if (annotator->second == supplier_of.size()) supplier_of.push_back(supplier);
    const auto code = static_cast<truth::ClassIndex>(label.class_code);
    classes = std::max(classes, std::size_t{code} + 1);
    rows.push_back({index_of(label.task), annotator->second, code});
  }
};

Result<truth::OnlineModel> settled_model(const QuestionLabels& labels, std::span<const std::int32_t> gold,
                                         truth::Run run) {
  truth::OnlineModel model(labels.classes);
  for (std::size_t s = 0; s < labels.suppliers.size(); ++s) model.add_supplier();
  for (const std::uint32_t supplier : labels.supplier_of) model.add_annotator(supplier);
  for (std::size_t t = 0; t < labels.tasks.size(); ++t) {
    const truth::TaskIndex task = model.add_task();
    MIZAN_CHECK_OK(model.set_gold(task, gold[t]));
  }
  for (const truth::LabelRow& row : labels.rows) MIZAN_CHECK_OK(model.add_label(row));
  MIZAN_TRY(const auto settled, model.sweep_until_settled({.tolerance = kTight}, run));
  static_cast<void>(settled);
  return model;
}

Result<PosteriorCheck> compare(const std::string& question, const QuestionLabels& labels,
                               std::span<const std::int32_t> gold, const BreachSink& sink) {
  ThreadPool pool(2);
  const Progress progress;
  const truth::Run run{pool, progress};
  MIZAN_TRY(const auto model, settled_model(labels, gold, run));
  MIZAN_TRY(const auto matrix, truth::LabelMatrix::from_rows(labels.rows, labels.tasks.size(),
                                                             labels.supplier_of.size(), labels.classes));
  MIZAN_TRY(const auto batch, truth::fit_ibcc({matrix, gold},
                                              {.tolerance = kTight,
                                               .supplier_of_annotator = labels.supplier_of,
                                               .supplier_count = labels.suppliers.size()},
                                              run));
  PosteriorCheck check;
  for (const auto& [task, index] : labels.tasks) {
    ++check.row_count;
    const auto row = model.posterior(index);
    double away = 0;
    for (std::size_t k = 0; k < row.size(); ++k)
      away = std::max(away, std::abs(row[k] - batch.belief.posterior.row(index)[k]));
    if (away <= kSame) continue;
    ++check.breach_count;
    sink(to_text(task) + " '" + question + "': the live model is " + std::to_string(away) +
         " away from the batch fit");
  }
  return check;
}

}  // namespace

Result<PosteriorCheck> check_against_batch(store::Transaction& tx, domain::ProjectId project,
                                           std::int64_t most_labels, const BreachSink& sink) {
  PosteriorCheck total;
  MIZAN_TRY(const auto counts, store::count_labels(tx, project));
  for (const store::LabelCount& count : counts)
    if (count.label_count > most_labels) return total;
  std::map<std::string, QuestionLabels> questions;
  MIZAN_CHECK_OK(store::for_each_label(tx, project, [&](const store::TaskLabel& label) -> Result<void> {
    questions[label.question].add(label);
    return {};
  }));
  MIZAN_TRY(const auto gold, gold_labels(tx, project));
  for (auto& [question, labels] : questions) {
    std::vector<std::int32_t> answers(labels.tasks.size(), truth::kNoGold);
    for (const auto& [task, index] : labels.tasks) {
      const auto known = gold.find(task);
      if (known == gold.end()) continue;
      const auto code = known->second.find(question);
      if (code == known->second.end()) continue;
      answers[index] = static_cast<std::int32_t>(code->second);
      labels.classes = std::max(labels.classes, static_cast<std::size_t>(code->second) + 1);
    }
    MIZAN_TRY(const auto check, compare(question, labels, answers, sink));
    total.row_count += check.row_count;
    total.breach_count += check.breach_count;
  }
  return total;
}

}  // namespace mizan::app
