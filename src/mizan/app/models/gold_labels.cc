#include "mizan/app/models/gold_labels.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "mizan/app/models/live_models.h"
#include "mizan/domain/template/labels.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/question_classes.h"
#include "mizan/store/projects/templates.h"
#include "mizan/store/work/gold_answers.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kPage = 1000;

struct Reading {
  const domain::Template& task_template;
  const ProjectClasses& classes;
};

void add_gold(const Reading& reading, const store::GoldAnswerRow& row, GoldLabels& gold) {
  boost::system::error_code wrong;
  const auto document = boost::json::parse(row.answers, wrong);
  if (wrong) return;
  const auto answers = domain::parse_gold_answers(reading.task_template, document);
  if (!answers) return;
  for (const domain::QuestionLabel& label : domain::labels_of(reading.task_template, *answers)) {
    const std::int64_t code = class_code_of(reading.classes, label.question, label.label);
    if (code >= 0) gold[row.task_id][label.question] = code;
  }
}

}  // namespace

Result<GoldLabels> gold_labels(store::Transaction& tx, domain::ProjectId project) {
  GoldLabels gold;
  MIZAN_TRY(const auto row, store::find_project(tx, project));
  if (!row || row->template_version == 0) return gold;
  MIZAN_TRY(const auto newest, store::find_template(tx, project, row->template_version));
  if (!newest) return gold;
  MIZAN_TRY(const auto parsed, domain::parse_template(newest->document));
  MIZAN_TRY(const auto rows, store::question_classes(tx, project));
  ProjectClasses classes;
  for (const store::QuestionClass& each : rows) classes[each.question].push_back(each.class_name);
  domain::TaskId after{};
  while (true) {
    MIZAN_TRY(const auto page, store::list_gold_answers(tx, project, after, kPage));
    for (const store::GoldAnswerRow& each : page) add_gold({parsed, classes}, each, gold);
    if (page.size() < static_cast<std::size_t>(kPage)) return gold;
    after = page.back().task_id;
  }
}

}  // namespace mizan::app
