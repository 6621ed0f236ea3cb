#include "mizan/app/work/task_flow.h"

#include <algorithm>
#include <string>

#include "mizan/rules/overlap.h"
#include "mizan/store/outbox.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/work/lanes.h"
#include "mizan/store/work/reviews.h"

namespace mizan::app {
namespace {

using rules::Decision;
using rules::TaskState;

std::int64_t later_position(Service& service) {
  return service.ids().make<domain::AssignmentId>().value;
}

double look_value(const TaskDecision& decision) {
  return 1 - decision.confidence;
}

// Nobody better can be asked: a reviewer is to settle it.
Result<void> ask_reviewer(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                          const TaskDecision& decision) {
  in_hand.task.state = TaskState::escalated;
  MIZAN_CHECK_OK(store::update_task_state(tx, in_hand.task));
  return store::insert_review(tx, {.project_id = in_hand.task.project_id,
                                   .review_id = service.ids().make<domain::ReviewId>(),
                                   .task_id = in_hand.task.task_id,
                                   .look_value = look_value(decision),
                                   .created_at = in_hand.now});
}

Result<void> escalate(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                      const TaskDecision& decision) {
  store::TaskStateRow& task = in_hand.task;
  MIZAN_CHECK_OK(tell_of_task(tx, "task.escalated", task, in_hand.now));
  MIZAN_TRY(const auto better,
            store::active_suppliers_of_kind(tx, task.project_id, in_hand.project.settings.escalate_to));
  if (better.empty()) return ask_reviewer(tx, service, in_hand, decision);
  // Tasks are spread over several such suppliers by their ids.
  const auto turn = static_cast<std::uint64_t>(task.task_id.value) % better.size();
  return store::escalate_to(tx, task, better[turn], later_position(service));
}

// A task that is out of the queue's reach stays there; what is decided of it shows when it comes back.
bool is_in_play(TaskState state) {
  return state == TaskState::open || state == TaskState::full || state == TaskState::held ||
         state == TaskState::escalated;
}

Result<void> ask_again(store::Transaction& tx, Service& service, const TaskInHand& in_hand) {
  store::TaskStateRow& task = in_hand.task;
  if (!task.counts.has_room() && task.counts.live_count == 0) ++task.counts.wanted_count;
  const TaskState wanted = rules::undecided_state(task.counts);
  if (task.state == TaskState::held) return store::update_task_state(tx, task);
  if (wanted == TaskState::open && task.state != TaskState::open) {
    MIZAN_CHECK_OK(tell_of_task(tx, "task.reopened", task, in_hand.now));
    return store::put_back(tx, task, later_position(service));
  }
  task.state = wanted;
  return store::update_task_state(tx, task);
}

Result<void> finish(store::Transaction& tx, const TaskInHand& in_hand) {
  store::TaskStateRow& task = in_hand.task;
  // Nobody else is wanted. Those still at work keep their places.
  task.counts.wanted_count = task.counts.live_count + task.counts.done_count;
  const TaskState wanted = rules::decided_state(task.counts, Decision::enough);
  if (task.state != TaskState::held || wanted == TaskState::done) task.state = wanted;
  MIZAN_CHECK_OK(store::update_task_state(tx, task));
  if (wanted != TaskState::done) return {};
  return tell_of_task(tx, "task.done", task, in_hand.now);
}

}  // namespace

Result<TaskWants> wants_of(store::Transaction& tx, const TaskInHand& in_hand) {
  const domain::ProjectSettings& settings = in_hand.project.settings;
  bool was_escalated = in_hand.task.state == TaskState::escalated;
  if (!settings.escalate_to.empty() && !was_escalated) {
    MIZAN_TRY(const auto lane, store::find_lane(tx, in_hand.task.project_id, in_hand.task.lane_id));
    was_escalated = lane.is_escalated;
  }
  return TaskWants{.settings = settings,
                   .labels_per_task = rules::wanted_annotations(settings.overlap, in_hand.task.task_id),
                   .annotation_count = in_hand.task.counts.done_count,
                   .was_escalated = was_escalated};
}

Result<void> apply_decision(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                            const TaskDecision& decision) {
  if (!is_in_play(in_hand.task.state)) return store::update_task_state(tx, in_hand.task);
  switch (decision.decision) {
    case Decision::ask_again:
      return ask_again(tx, service, in_hand);
    case Decision::enough:
      return finish(tx, in_hand);
    case Decision::escalate:
      if (in_hand.task.counts.live_count == 0) return escalate(tx, service, in_hand, decision);
      in_hand.task.counts.wanted_count = in_hand.task.counts.live_count + in_hand.task.counts.done_count;
      if (in_hand.task.state != TaskState::held) in_hand.task.state = TaskState::full;
      return store::update_task_state(tx, in_hand.task);
  }
  return {};
}

Result<void> free_place(store::Transaction& tx, Service& service, const TaskInHand& in_hand) {
  store::TaskStateRow& task = in_hand.task;
  --task.counts.live_count;
  if (task.state != TaskState::full) return store::update_task_state(tx, task);
  MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
  if (task.counts.done_count >= wants.labels_per_task) {
    // It was full because somebody was still at work: what was decided without them?
    MIZAN_TRY(const TaskDecision decision,
              update_consensus(tx, service, {task.project_id, task.task_id}, wants));
    return apply_decision(tx, service, in_hand, decision);
  }
  return store::put_back(tx, task, later_position(service));
}

Result<std::shared_ptr<const ProjectFacts>> project_facts(store::Transaction& tx, Service& service,
                                                          domain::ProjectId project) {
  MIZAN_TRY(const auto row, store::find_project(tx, project));
  if (!row) return fail(ErrorCode::not_found, "there is no such project");
  return service.shared<WorkCache>().project(tx, project, row->version);
}

Result<void> tell_of_annotation(store::Transaction& tx, std::string_view kind,
                                const store::AnnotationRow& annotation, Instant now) {
  std::string body = R"({"annotation_id":")" + to_text(annotation.annotation_id) + R"(","task_id":")" +
                     to_text(annotation.task_id) + R"(","annotator_id":")" +
                     to_text(annotation.annotator_id) + R"(","supplier_id":")" +
                     to_text(annotation.supplier_id) + '"';
  if (annotation.assignment_id) body += R"(,"assignment_id":")" + to_text(*annotation.assignment_id) + '"';
  if (annotation.revises) body += R"(,"revises":")" + to_text(*annotation.revises) + '"';
  body += '}';
  return store::append_outbox(tx,
                              {.project_id = annotation.project_id, .kind = kind, .body = body, .at = now});
}

Result<void> tell_of_task(store::Transaction& tx, std::string_view kind, const store::TaskStateRow& task,
                          Instant now) {
  std::string body = R"({"task_id":")" + to_text(task.task_id) + '"';
  if (task.batch_id) body += R"(,"batch_id":")" + to_text(*task.batch_id) + '"';
  body += R"(,"annotation_count":)" + std::to_string(task.counts.done_count) + '}';
  return store::append_outbox(tx, {.project_id = task.project_id, .kind = kind, .body = body, .at = now});
}

}  // namespace mizan::app
