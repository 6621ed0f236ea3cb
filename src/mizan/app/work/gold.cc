#include "mizan/app/work/gold.h"

#include <algorithm>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/work/last_word.h"
#include "mizan/app/work/task_flow.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/domain/template/answers.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> no_such_gold() {
  return fail(ErrorCode::not_found, "the task is no gold");
}

Result<store::TaskStateRow> lock_task(store::Transaction& tx, domain::ProjectId project,
                                      domain::TaskId task) {
  MIZAN_TRY(const auto row, store::lock_task_state(tx, project, task));
  if (!row) return fail(ErrorCode::not_found, "there is no such task in the project");
  return *row;
}

Result<std::string> check_gold(store::Transaction& tx, Service& service, const SetGold& command) {
  MIZAN_TRY(const auto project, store::find_project(tx, command.project));
  if (!project) return fail(ErrorCode::not_found, "there is no such project");
  MIZAN_TRY(const auto facts,
            service.shared<WorkCache>().task_template(tx, command.project, project->template_version));
  MIZAN_TRY(const auto answers, domain::parse_gold_answers(facts->parsed, command.answers));
  if (answers.by_question.empty())
    return fail(ErrorCode::invalid_argument, "gold says the right answer to one question at least",
                "/answers");
  return domain::to_json(facts->parsed, answers);
}

// What a reviewer said stands, also when it is no longer gold.
Result<void> close(store::Transaction& tx, store::TaskStateRow& task) {
  task.counts.wanted_count = task.counts.live_count + task.counts.done_count;
  task.state = rules::TaskState::done;
  return store::update_task_state(tx, task);
}

}  // namespace

Result<store::GoldAnswerRow> set_gold(store::Transaction& tx, Service& service, const SetGold& command) {
  MIZAN_TRY(auto task, lock_task(tx, command.project, command.task));
  if (task.state == rules::TaskState::cancelled)
    return fail(ErrorCode::illegal_transition, "a cancelled task is not given out, as gold neither");
  store::GoldAnswerRow gold{.project_id = command.project,
                            .task_id = command.task,
                            .explanation = command.explanation,
                            .concept_name = command.concept_name,
                            .difficulty = command.difficulty,
                            .created_at = service.now()};
  MIZAN_TRY(gold.answers, check_gold(tx, service, command));
  MIZAN_CHECK_OK(store::put_gold_answer(tx, gold));
  task.state = rules::TaskState::gold;
  MIZAN_CHECK_OK(store::update_task_state(tx, task));
  MIZAN_CHECK_OK(tell_of_task(tx, "gold.set", task, service.now()));
  return gold;
}

Result<store::GoldAnswerRow> set_gold(Service& service, const Caller& caller, const SetGold& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_gold, rules::at(command.project)));
  auto gold = service.database().write([&](store::Transaction& tx) -> Result<store::GoldAnswerRow> {
    MIZAN_TRY(auto row, set_gold(tx, service, command));
    const std::string subject = to_text(command.task);
    MIZAN_CHECK_OK(record_audit(tx, caller, {.at = service.now(), .action = "set_gold", .subject = subject}));
    return row;
  });
  service.shared<WorkCache>().forget_gold_tasks(command.project);
  return gold;
}

Result<void> unset_gold(Service& service, const Caller& caller, domain::ProjectId project,
                        domain::TaskId task) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_gold, rules::at(project)));
  auto outcome = service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(auto row, lock_task(tx, project, task));
    MIZAN_TRY(const bool was_gold, store::delete_gold_answer(tx, project, task));
    if (!was_gold) return no_such_gold();
    MIZAN_TRY(row.counts, store::count_task(tx, row));
    const auto facts = project_facts(tx, service, project);
    if (!facts) return fail(facts.error());
    const TaskInHand in_hand{.task = row, .project = **facts, .now = service.now()};
    MIZAN_CHECK_OK(tell_of_task(tx, "gold.unset", row, service.now()));
    row.state = rules::TaskState::full;
    MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
    MIZAN_CHECK_OK(store::delete_gold_consensus(tx, {project, task}));
    MIZAN_TRY(const TaskDecision decision, update_consensus(tx, service, {project, task}, wants));
    MIZAN_TRY(const bool is_final, has_last_word(tx, project, task));
    const int taken = row.counts.live_count + row.counts.done_count;
    row.counts.wanted_count = std::max({row.counts.wanted_count, taken, 1});
    if (is_final)
      MIZAN_CHECK_OK(close(tx, row));
    else if (row.counts.done_count == 0 || row.counts.has_room())
      MIZAN_CHECK_OK(store::put_back(tx, row, service.ids().make<domain::AssignmentId>().value));
    else
      MIZAN_CHECK_OK(apply_decision(tx, service, in_hand, decision));
    const std::string subject = to_text(task);
    return record_audit(tx, caller, {.at = service.now(), .action = "unset_gold", .subject = subject});
  });
  service.shared<WorkCache>().forget_gold_tasks(project);
  return outcome;
}

Result<store::GoldAnswerRow> read_gold(Service& service, const Caller& caller, domain::ProjectId project,
                                       domain::TaskId task) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_gold, rules::at(project)));
  return service.database().read([&](store::Transaction& tx) -> Result<store::GoldAnswerRow> {
    MIZAN_TRY(const auto gold, store::find_gold_answer(tx, project, task));
    if (!gold) return no_such_gold();
    return *gold;
  });
}

Result<std::vector<store::GoldAnswerRow>> list_gold(Service& service, const Caller& caller,
                                                    const ListGold& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_gold, rules::at(query.project)));
  return service.database().read([&](store::Transaction& tx) {
    return store::list_gold_answers(tx, query.project, query.after, query.limit);
  });
}

}  // namespace mizan::app
