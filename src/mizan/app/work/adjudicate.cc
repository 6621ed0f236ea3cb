#include "mizan/app/work/adjudicate.h"

#include <algorithm>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/work/gold.h"
#include "mizan/app/work/last_word.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/base/rng.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/work/annotations.h"
#include "mizan/store/work/reviews.h"
#include "mizan/store/work/task_queue.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> no_such_task() {
  return fail(ErrorCode::not_found, "there is no such task in the project");
}

// The newest annotation of each annotator, in an order that says nothing: drawn by the task's id.
std::vector<store::AnnotationRow> newest_of_each(std::vector<store::AnnotationRow> all, domain::TaskId task) {
  std::vector<store::AnnotationRow> newest;
  for (const store::AnnotationRow& row : all) {
    const bool was_revised = std::any_of(
        all.begin(), all.end(), [&](const auto& other) { return other.revises == row.annotation_id; });
    if (!was_revised) newest.push_back(row);
  }
  Rng(static_cast<std::uint64_t>(task.value)).shuffle(newest);
  return newest;
}

std::string letter_of(std::size_t place) {
  std::string letter(1, static_cast<char>('A' + place % 26));
  if (place >= 26) letter += std::to_string(place / 26);
  return letter;
}

Result<void> settle_waiting(store::Transaction& tx, const Caller& caller, Service& service,
                            const AdjudicateTask& command, const std::string& answers) {
  MIZAN_TRY(auto reviews, store::reviews_of_task(tx, command.project, command.task));
  bool is_told = false;
  const auto settle = [&](store::ReviewRow& review) {
    review.state = rules::ReviewState::adjudicated;
    review.account_id = caller.account;
    review.comment = command.comment;
    review.answers = answers;
    review.settled_at = service.now();
  };
  for (store::ReviewRow& review : reviews) {
    if (!rules::after(review.state, {.step = rules::ReviewStep::adjudicate, .has_answers = true})) continue;
    settle(review);
    is_told = true;
    MIZAN_CHECK_OK(store::update_review(tx, review));
  }
  if (is_told) return {};
  store::ReviewRow review{.project_id = command.project,
                          .review_id = service.ids().make<domain::ReviewId>(),
                          .task_id = command.task,
                          .created_at = service.now()};
  settle(review);
  return store::insert_review(tx, review);
}

Result<store::TaskStateRow> adjudicate(store::Transaction& tx, Service& service, const Caller& caller,
                                       const AdjudicateTask& command) {
  MIZAN_TRY(auto task, store::lock_task_state(tx, command.project, command.task));
  if (!task) return no_such_task();
  if (task->state == rules::TaskState::gold || task->state == rules::TaskState::cancelled)
    return fail(ErrorCode::illegal_transition, "the task is " + std::string(to_text(task->state)));
  MIZAN_TRY(const auto project, store::find_project(tx, command.project));
  if (!project) return no_such_task();
  MIZAN_TRY(const std::string answers,
            have_last_word(
                tx, service,
                {.task = *task, .template_version = project->template_version, .answers = command.answers}));
  MIZAN_CHECK_OK(settle_waiting(tx, caller, service, command, answers));
  if (command.becomes_gold) {
    MIZAN_CHECK_OK(set_gold(tx, service,
                            {.project = command.project,
                             .task = command.task,
                             .answers = command.answers,
                             .explanation = command.explanation}));
    task->state = rules::TaskState::gold;
  }
  const std::string subject = to_text(command.task);
  MIZAN_CHECK_OK(
      record_audit(tx, caller, {.at = service.now(), .action = "adjudicate_task", .subject = subject}));
  return *task;
}

}  // namespace

Result<AdjudicationView> read_adjudication(Service& service, const Caller& caller, domain::ProjectId project,
                                           domain::TaskId task) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_adjudication, rules::at(project)));
  return service.database().read([&](store::Transaction& tx) -> Result<AdjudicationView> {
    MIZAN_TRY(const auto state, store::find_task_state(tx, project, task));
    MIZAN_TRY(const auto row, store::find_project(tx, project));
    if (!state || !row) return no_such_task();
    AdjudicationView view{.template_version = row->template_version,
                          .state = std::string(to_text(state->state))};
    MIZAN_TRY(view.payload, store::find_payload(tx, project, task));
    MIZAN_TRY(auto all, store::annotations_of_task(tx, project, task));
    for (store::AnnotationRow& annotation : newest_of_each(std::move(all), task))
      view.answers.push_back({letter_of(view.answers.size()), std::move(annotation.answers)});
    return view;
  });
}

Result<store::TaskStateRow> adjudicate_task(Service& service, const Caller& caller,
                                            const AdjudicateTask& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::adjudicate_task, rules::at(command.project)));
  auto task = service.database().write(
      [&](store::Transaction& tx) { return adjudicate(tx, service, caller, command); });
  if (command.becomes_gold) service.shared<WorkCache>().forget_gold_tasks(command.project);
  return task;
}

}  // namespace mizan::app
