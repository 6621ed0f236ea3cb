#include "mizan/app/work/last_word.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "mizan/app/models/live_models.h"
#include "mizan/app/work/checked_answers.h"
#include "mizan/app/work/task_flow.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {
namespace {

Result<store::ConsensusRow> certain(const ProjectClasses& classes, const domain::QuestionLabel& label) {
  const auto known = classes.find(label.question);
  const std::int64_t code = class_code_of(classes, label.question, label.label);
  if (known == classes.end() || code < 0)
    return fail(ErrorCode::bad_answer, "the project has no class \"" + label.label + "\"",
                "/answers/" + label.question);
  store::ConsensusRow row;
  row.question = label.question;
  row.class_code = code;
  row.confidence = 1;
  row.posterior.assign(known->second.size(), 0.0);
  row.posterior[static_cast<std::size_t>(code)] = 1;
  row.raw_posterior = row.posterior;
  row.basis = "review";
  return row;
}

}  // namespace

Result<std::string> have_last_word(store::Transaction& tx, Service& service, const LastWord& word) {
  store::TaskStateRow& task = word.task;
  MIZAN_TRY(const auto facts,
            service.shared<WorkCache>().task_template(tx, task.project_id, word.template_version));
  MIZAN_TRY(const auto checked, check_answers(*facts, word.template_version, word.answers));
  MIZAN_TRY(const auto classes, service.shared<LiveModels>().classes(tx, task.project_id));
  MIZAN_TRY(const auto labels, store::labels_of_task(tx, {task.project_id, task.task_id}));
  std::vector<store::ConsensusRow> rows;
  for (const domain::QuestionLabel& label : checked.labels) {
    MIZAN_TRY(auto row, certain(*classes, label));
    row.task = task.task_id;
    row.label_count = std::count_if(labels.begin(), labels.end(),
                                    [&](const auto& given) { return given.question == label.question; });
    row.updated_at = service.now();
    rows.push_back(std::move(row));
  }
  for (const store::ConsensusRow& row : rows) MIZAN_CHECK_OK(store::put_consensus(tx, task.project_id, row));
  // Those who are still at work keep their places; what they say teaches what they are worth, no more.
  task.counts.wanted_count = task.counts.live_count + task.counts.done_count;
  task.state = rules::TaskState::done;
  MIZAN_CHECK_OK(store::update_task_state(tx, task));
  MIZAN_CHECK_OK(tell_of_task(tx, "task.adjudicated", task, service.now()));
  return checked.text;
}

Result<bool> has_last_word(store::Transaction& tx, domain::ProjectId project, domain::TaskId task) {
  MIZAN_TRY(const auto rows, store::consensus_of_task(tx, {project, task}));
  return std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.basis == "review"; });
}

}  // namespace mizan::app
