#include "mizan/app/work/take_annotation.h"

#include "mizan/app/work/last_word.h"
#include "mizan/store/work/reviews.h"

namespace mizan::app {
namespace {

Result<void> draw_review(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                         const NewAnnotation& taken, double look_value) {
  const double share = in_hand.project.settings.review_share;
  if (share <= 0) return {};
  MIZAN_CHECK_OK(store::value_reviews(tx, taken.row.project_id, taken.row.task_id, look_value));
  Rng rng = taken.rng;
  if (rng.uniform() >= share) return {};
  return store::insert_review(tx, {.project_id = taken.row.project_id,
                                   .review_id = service.ids().make<domain::ReviewId>(),
                                   .task_id = taken.row.task_id,
                                   .annotation_id = taken.row.annotation_id,
                                   .look_value = look_value,
                                   .created_at = in_hand.now});
}

}  // namespace

Result<void> take_annotation(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                             const NewAnnotation& taken) {
  MIZAN_CHECK_OK(store::insert_annotation(tx, taken.row));
  const bool is_gold = in_hand.task.state == rules::TaskState::gold;
  const auto kind = taken.row.revises ? "annotation.revised" : "annotation.submitted";
  if (in_hand.task.state == rules::TaskState::done) {
    // A reviewer's word stands, whatever comes late: the answer is kept, and says nothing to inference.
    MIZAN_TRY(const bool is_final, has_last_word(tx, taken.row.project_id, taken.row.task_id));
    if (is_final) {
      MIZAN_CHECK_OK(tell_of_annotation(tx, kind, taken.row, in_hand.now));
      return store::update_task_state(tx, in_hand.task);
    }
  }
  MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
  MIZAN_TRY(const TaskDecision decision, take_labels(tx, service,
                                                     {.project = taken.row.project_id,
                                                      .task = taken.row.task_id,
                                                      .annotator = taken.row.annotator_id,
                                                      .supplier = taken.row.supplier_id,
                                                      .annotation = taken.row.annotation_id,
                                                      .labels = taken.answers.labels,
                                                      .is_revision = taken.row.revises.has_value(),
                                                      .is_gold = is_gold},
                                                     wants));
  if (!is_gold) MIZAN_CHECK_OK(draw_review(tx, service, in_hand, taken, 1 - decision.confidence));
  MIZAN_CHECK_OK(tell_of_annotation(tx, kind, taken.row, in_hand.now));
  if (taken.is_gold_assignment) return {};
  return apply_decision(tx, service, in_hand, decision);
}

}  // namespace mizan::app
