#include "mizan/app/work/revise_annotation.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "mizan/app/work/take_annotation.h"
#include "mizan/app/work/whom.h"
#include "mizan/store/work/reviews.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> no_such_annotation() {
  return fail(ErrorCode::not_found, "there is no such annotation");
}

Result<store::AnnotationRow> find_own(store::Transaction& tx, const Caller& caller,
                                      domain::AnnotationId annotation) {
  MIZAN_TRY(auto row, store::find_annotation_anywhere(tx, annotation));
  if (!row) return no_such_annotation();
  const auto grant = grant_at(caller, rules::Action::revise_annotation,
                              {.project = row->project_id, .supplier = row->supplier_id});
  if (!may_touch(caller, grant, row->supplier_id, row->annotator_id)) return no_such_annotation();
  return *std::move(row);
}

struct Reviewed {
  std::optional<store::ReviewRow> rejected{};  // of the annotation
  bool is_settled = false;                     // a reviewer has the last word on the task already
};

Result<Reviewed> reviews_of(store::Transaction& tx, const store::AnnotationRow& row) {
  MIZAN_TRY(const auto reviews, store::reviews_of_task(tx, row.project_id, row.task_id));
  Reviewed reviewed;
  for (const store::ReviewRow& review : reviews) {
    const bool is_of_this = review.annotation_id == row.annotation_id;
    if (is_of_this && review.state == rules::ReviewState::rejected) reviewed.rejected = review;
    reviewed.is_settled = reviewed.is_settled || review.state == rules::ReviewState::adjudicated ||
                          (is_of_this && review.state == rules::ReviewState::fixed);
  }
  return reviewed;
}

// Reworked after a rejection: the annotation counts again, if nobody has taken its place.
Result<void> take_place_again(store::Transaction& tx, store::TaskStateRow& task, store::ReviewRow review,
                              Instant now) {
  const bool waits = task.state == rules::TaskState::open || task.state == rules::TaskState::held;
  if (!waits || !task.counts.has_room())
    return fail(ErrorCode::not_eligible, "the task was meanwhile given to others");
  ++task.counts.done_count;
  MIZAN_TRY(review.state, rules::after(review.state, {.step = rules::ReviewStep::rework}));
  review.settled_at = now;
  return store::update_review(tx, review);
}

Result<store::AnnotationRow> revise(store::Transaction& tx, Service& service, const Caller& caller,
                                    const ReviseAnnotation& command) {
  MIZAN_TRY(const auto old, find_own(tx, caller, command.annotation));
  MIZAN_TRY(const auto facts,
            service.shared<WorkCache>().task_template(tx, old.project_id, old.template_version));
  MIZAN_TRY(const auto checked, check_answers(*facts, old.template_version, command.answers));
  MIZAN_TRY(auto task, store::lock_task_state(tx, old.project_id, old.task_id));
  if (!task) return fail(ErrorCode::internal, "an annotation of no task");
  MIZAN_TRY(const auto all, store::annotations_of_task(tx, old.project_id, old.task_id));
  const auto newer =
      std::find_if(all.begin(), all.end(), [&](const auto& row) { return row.revises == old.annotation_id; });
  if (newer != all.end() && newer->answers == checked.text) return *newer;
  if (newer != all.end())
    return fail(ErrorCode::conflict, "the annotation was revised before, to other answers", {},
                "revise " + to_text(newer->annotation_id));
  MIZAN_TRY(const Reviewed reviewed, reviews_of(tx, old));
  if (reviewed.is_settled) return fail(ErrorCode::not_eligible, "a reviewer has settled the task");

  const Instant now = service.now();
  if (reviewed.rejected) MIZAN_CHECK_OK(take_place_again(tx, *task, *reviewed.rejected, now));
  MIZAN_TRY(const auto project, project_facts(tx, service, old.project_id));
  store::AnnotationRow row = old;
  row.annotation_id = service.ids().make<domain::AnnotationId>();
  row.answers = checked.text;
  row.duration_us = command.duration_us;
  row.submitted_at = now;
  row.revises = old.annotation_id;
  row.price_micros.reset();  // what is paid is the first one
  bool is_gold_assignment = false;
  if (old.assignment_id) {
    MIZAN_TRY(auto assignment, store::lock_assignment(tx, old.project_id, *old.assignment_id));
    if (!assignment) return fail(ErrorCode::internal, "an annotation of no assignment");
    assignment->annotation_id = row.annotation_id;
    is_gold_assignment = assignment->is_gold;
    MIZAN_CHECK_OK(store::update_assignment(tx, *assignment));
  }
  MIZAN_CHECK_OK(take_annotation(
      tx, service, {.task = *task, .project = *project, .now = now},
      {.row = row, .answers = checked, .is_gold_assignment = is_gold_assignment, .rng = service.rng()}));
  return row;
}

}  // namespace

Result<store::AnnotationRow> revise_annotation(Service& service, const Caller& caller,
                                               const ReviseAnnotation& command) {
  return service.database().write(
      [&](store::Transaction& tx) { return revise(tx, service, caller, command); });
}

}  // namespace mizan::app
