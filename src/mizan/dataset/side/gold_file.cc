#include "mizan/dataset/side/gold_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/dataset/column_names.h"
#include "mizan/dataset/side/side_table.h"

namespace mizan::dataset {
namespace {

constexpr auto kQuestionNames = std::to_array<std::string_view>({"question", "questionname", "labelname"});

std::string line_of(std::uint64_t line) {
  return "line " + std::to_string(line);
}

/// Gathers the answers by task; both the table's and the file's, so that a conflict between them shows.
class GoldAdder {
 public:
  GoldAdder(const Input& input, ReadOutcome& outcome)
      : input_(input), outcome_(outcome), answers_(outcome.table.questions.size()) {
    for (std::size_t q = 0; q < answers_.size(); ++q)
      for (const domain::GoldAnswer& gold : outcome.table.questions[q].gold)
        answers_[q][gold.task] = gold.answer;
  }

  Result<void> take(const SideRow& row) {
    MIZAN_TRY(const std::size_t q, question_of(row));
    ++row_count_;
    domain::Question& question = outcome_.table.questions[q];
    const auto task = outcome_.table.tasks.find(row.cells[0]);
    const std::string where = line_of(row.line) + ": ";
    if (!task) {
      count_oddity(outcome_, "unknown_gold_task",
                   where + "\"" + std::string(row.cells[0]) + "\" has no label");
      return {};
    }
    ++known_task_count_;
    if (question.classes.find(row.cells[1])) {
      ++known_class_count_;
    } else {
      count_oddity(outcome_, "unknown_gold_class",
                   where + "nobody chose \"" + std::string(row.cells[1]) + "\"");
    }
    const std::uint32_t answer = question.classes.intern(row.cells[1]);
    if (answer >= domain::kMaxClasses)
      return fail(
          ErrorCode::too_many_classes,
          "more than " + std::to_string(domain::kMaxClasses) + " classes with those of the gold answers",
          input_.name() + ":" + std::to_string(row.line), "check that the answers are classes, not texts");
    settle(q, *task, static_cast<domain::ClassCode>(answer), where);
    return {};
  }

  Result<void> finish() {
    if (row_count_ == 0)
      return fail(ErrorCode::bad_gold, "there is a header but not one gold answer", input_.name(),
                  "add lines of task and answer");
    if (known_task_count_ == 0)
      return fail(ErrorCode::bad_gold, "not one task of this file has a label", input_.name(),
                  "check that the file and the labels use the same ids of tasks");
    if (known_class_count_ == 0)
      return fail(ErrorCode::bad_gold, "not one answer of this file was ever given as a label", input_.name(),
                  "check that answers and labels are spelt alike");
    for (std::size_t q = 0; q < answers_.size(); ++q) {
      auto& gold = outcome_.table.questions[q].gold;
      gold.clear();
      for (const auto& [task, answer] : answers_[q])
        if (answer) gold.push_back({task, *answer});
    }
    return {};
  }

 private:
  Result<std::size_t> question_of(const SideRow& row) const {
    const auto& questions = outcome_.table.questions;
    const std::string_view wanted = row.cells[2];
    if (wanted.empty() && questions.size() == 1) return std::size_t{0};
    std::string names;
    for (std::size_t q = 0; q < questions.size(); ++q) {
      if (questions[q].name == wanted) return q;
      names += (q > 0 ? ", " : "") + questions[q].name;
    }
    const std::string message = wanted.empty() ? "the gold answer does not say to which question"
                                               : "there is no question \"" + std::string(wanted) + "\"";
    return fail(ErrorCode::bad_gold, message, input_.name() + ":" + std::to_string(row.line),
                "fill a column \"question\" with one of: " + names);
  }

  void settle(std::size_t question, std::uint32_t task, domain::ClassCode answer, const std::string& where) {
    const auto [known, is_new] = answers_[question].try_emplace(task, answer);
    if (is_new || !known->second || known->second == answer) return;
    known->second.reset();
    count_oddity(
        outcome_, "conflicting_gold",
        where + "\"" + std::string(outcome_.table.tasks[task]) + "\" has another gold answer before");
  }

  const Input& input_;
  ReadOutcome& outcome_;
  std::vector<std::map<std::uint32_t, std::optional<domain::ClassCode>>> answers_;  // by question and task
  std::uint64_t row_count_ = 0;
  std::uint64_t known_task_count_ = 0;
  std::uint64_t known_class_count_ = 0;
};

}  // namespace

Result<void> add_gold_file(const Input& input, ReadOutcome& outcome, ThreadPool& pool, bool strict) {
  const std::array<SideColumn, 3> columns{{{"task", {kTaskNames, kWeakTaskNames}},
                                           {"answer", {kGoldNames, kLabelNames, kWeakLabelNames}},
                                           {"question", {kQuestionNames}, false}}};
  GoldAdder adder(input, outcome);
  MIZAN_CHECK_OK(read_side_table(input, pool, ErrorCode::bad_gold, columns,
                                 [&](const SideRow& row) { return adder.take(row); }));
  MIZAN_CHECK_OK(adder.finish());
  if (!strict) return {};
  for (const char* code : {"conflicting_gold", "unknown_gold_task", "unknown_gold_class"}) {
    const auto found = std::ranges::find(outcome.oddities, code, &Oddity::code);
    if (found != outcome.oddities.end())
      return fail(ErrorCode::bad_gold, found->examples.front(), input.name(),
                  "mend the file, or leave out --strict to have it counted");
  }
  return {};
}

}  // namespace mizan::dataset
