#include "mizan/app/quality/project_labels.h"

#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "mizan/app/models/gold_labels.h"
#include "mizan/store/projects/annotators.h"
#include "mizan/store/projects/question_classes.h"
#include "mizan/store/projects/suppliers.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/quality/report_facts.h"

namespace mizan::app {
namespace {

class Builder {
 public:
  Builder(store::Transaction& tx, domain::ProjectId project, std::size_t limit)
      : tx_(tx), project_(project), limit_(limit) {}

  Result<ProjectLabels> build() {
    MIZAN_CHECK_OK(read_classes());
    MIZAN_CHECK_OK(
        store::for_each_label(tx_, project_, [&](const store::TaskLabel& label) { return add(label); }));
    if (label_count_ == 0) return fail(ErrorCode::not_found, "the project has no labels yet");
    fill_columns();
    MIZAN_CHECK_OK(name_tasks());
    MIZAN_CHECK_OK(name_people());
    MIZAN_CHECK_OK(add_costs());
    MIZAN_CHECK_OK(add_gold());
    std::erase_if(out_.table.questions, [](const domain::Question& each) { return each.label.empty(); });
    return std::move(out_);
  }

 private:
  struct Cell {
    std::uint32_t row;
    domain::ClassCode code;
  };

  Result<void> read_classes() {
    MIZAN_TRY(const auto classes, store::question_classes(tx_, project_));
    for (const store::QuestionClass& each : classes) {
      const auto [place, is_new] = question_of_.try_emplace(each.question, out_.table.questions.size());
      if (is_new) {
        out_.table.questions.push_back({.name = each.question, .classes = {}, .label = {}, .gold = {}});
        cells_.emplace_back();
      }
      out_.table.questions[place->second].classes.intern(each.class_name);
    }
    return {};
  }

  Result<void> add(const store::TaskLabel& label) {
    if (++label_count_ > limit_)
      return fail(ErrorCode::cannot_be_known, "the project has more labels than one report can weigh", {},
                  "export the annotations and run `mizan audit` on them");
    const auto question = question_of_.find(label.question);
    if (question == question_of_.end()) return {};
    const domain::Dictionary& classes = out_.table.questions[question->second].classes;
    if (label.class_code < 0 || label.class_code >= static_cast<std::int64_t>(classes.size())) return {};
    cells_[question->second].push_back({row_of(label), static_cast<domain::ClassCode>(label.class_code)});
    return {};
  }

  // Labels come by task: the rows of a task stand together.
  std::uint32_t row_of(const store::TaskLabel& label) {
    const auto [place, is_new] = row_of_annotation_.try_emplace(
        label.annotation.value, static_cast<std::uint32_t>(out_.table.task.size()));
    if (!is_new) return place->second;
    if (tasks_.empty() || tasks_.back() != label.task) tasks_.push_back(label.task);
    out_.table.task.push_back(static_cast<std::uint32_t>(tasks_.size() - 1));
    const auto supplier = number_of(label.supplier, supplier_number_, out_.suppliers);
    const auto annotator = number_of(label.annotator, annotator_number_, out_.annotators);
    if (annotator == out_.table.supplier_of_annotator.size())
      out_.table.supplier_of_annotator.push_back(supplier);
    out_.table.annotator.push_back(annotator);
    return place->second;
  }

  template <class IdType>
  static std::uint32_t number_of(IdType id, std::map<IdType, std::uint32_t>& numbers,
                                 std::vector<IdType>& ids) {
    const auto [place, is_new] = numbers.try_emplace(id, static_cast<std::uint32_t>(ids.size()));
    if (is_new) ids.push_back(id);
    return place->second;
  }

  void fill_columns() {
    for (std::size_t q = 0; q < cells_.size(); ++q) {
      if (cells_[q].empty()) continue;
      auto& column = out_.table.questions[q].label;
      column.assign(out_.table.task.size(), domain::kNoLabel);
      for (const Cell& cell : cells_[q]) column[cell.row] = cell.code;
    }
  }

  Result<void> name_tasks() {
    for (std::size_t i = 0; i < tasks_.size(); ++i) task_number_[tasks_[i].value] = i;
    std::vector<std::string> names(tasks_.size());
    MIZAN_CHECK_OK(store::for_each_task_name(tx_, project_,
                                             [&](domain::TaskId task, std::string_view name) -> Result<void> {
                                               const auto known = task_number_.find(task.value);
                                               if (known != task_number_.end()) names[known->second] = name;
                                               return {};
                                             }));
    for (const std::string& name : names) out_.table.tasks.append(name);
    return {};
  }

  // Contributors are known by their supplier's own ids; the same one of two suppliers gets the supplier's
  // name beside it.
  Result<void> name_people() {
    std::vector<std::string> suppliers;
    for (const domain::SupplierId id : out_.suppliers) {
      MIZAN_TRY(const auto row, store::find_supplier(tx_, id));
      suppliers.push_back(row ? row->name : to_text(id));
      out_.table.suppliers.append(suppliers.back());
    }
    for (std::size_t w = 0; w < out_.annotators.size(); ++w) {
      MIZAN_TRY(const auto row, store::find_annotator(tx_, out_.annotators[w]));
      std::string name = row ? row->contributor_id : to_text(out_.annotators[w]);
      if (out_.table.annotators.find(name))
        name += " (" + suppliers[out_.table.supplier_of_annotator[w]] + ")";
      if (out_.table.annotators.find(name)) name = to_text(out_.annotators[w]);
      out_.table.annotators.intern(name);
    }
    return {};
  }

  Result<void> add_costs() {
    domain::LabelTable& table = out_.table;
    const std::size_t rows = table.task.size();
    std::vector<std::int64_t> prices(rows, -1);
    std::vector<float> seconds(rows, std::numeric_limits<float>::quiet_NaN());
    table.time_us.assign(rows, std::numeric_limits<std::int64_t>::min());
    bool has_prices = false;
    bool has_seconds = false;
    MIZAN_CHECK_OK(store::for_each_annotation_cost(
        tx_, project_, [&](const store::AnnotationCost& cost) -> Result<void> {
          const auto known = row_of_annotation_.find(cost.annotation.value);
          if (known == row_of_annotation_.end()) return {};
          table.time_us[known->second] = cost.submitted_at.us;
          if (cost.duration_us) {
            seconds[known->second] = static_cast<float>(static_cast<double>(*cost.duration_us) / 1e6);
            has_seconds = true;
          }
          // Of two currencies the first is reckoned in; the prices of the other are not known in it.
          if (cost.price_micros && table.currency.empty()) table.currency = cost.currency;
          if (cost.price_micros && cost.currency == table.currency) {
            prices[known->second] = *cost.price_micros;
            has_prices = true;
          }
          return {};
        }));
    if (has_prices) table.price_micros = std::move(prices);
    if (has_seconds) table.seconds = std::move(seconds);
    return {};
  }

  Result<void> add_gold() {
    MIZAN_TRY(const auto gold, gold_labels(tx_, project_));
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const auto task = gold.find(tasks_[i]);
      if (task == gold.end()) continue;
      for (const auto& [question, code] : task->second) {
        const auto known = question_of_.find(question);
        if (known != question_of_.end())
          out_.table.questions[known->second].gold.push_back(
              {static_cast<std::uint32_t>(i), static_cast<domain::ClassCode>(code)});
      }
    }
    return {};
  }

  store::Transaction& tx_;
  const domain::ProjectId project_;
  const std::size_t limit_;
  ProjectLabels out_{};
  std::size_t label_count_ = 0;
  std::map<std::string, std::size_t, std::less<>> question_of_{};
  std::vector<std::vector<Cell>> cells_{};
  std::vector<domain::TaskId> tasks_{};
  std::unordered_map<std::int64_t, std::size_t> task_number_{};
  std::unordered_map<std::int64_t, std::uint32_t> row_of_annotation_{};
  std::map<domain::AnnotatorId, std::uint32_t> annotator_number_{};
  std::map<domain::SupplierId, std::uint32_t> supplier_number_{};
};

}  // namespace

Result<ProjectLabels> project_labels(store::Transaction& tx, domain::ProjectId project, std::size_t limit) {
  return Builder(tx, project, limit).build();
}

}  // namespace mizan::app
