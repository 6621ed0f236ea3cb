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

TakenAnnotation said_by(const NewAnnotation& taken, bool is_gold) {
  return {.project = taken.row.project_id,
          .task = taken.row.task_id,
          .annotator = taken.row.annotator_id,
          .supplier = taken.row.supplier_id,
          .annotation = taken.row.annotation_id,
          .labels = taken.answers.labels,
          .is_revision = taken.row.revises.has_value(),
          .is_gold = is_gold};
}

Result<void> tell(store::Transaction& tx, const TaskInHand& in_hand, const NewAnnotation& taken) {
  const auto kind = taken.row.revises ? "annotation.revised" : "annotation.submitted";
  return tell_of_annotation(tx, kind, taken.row, in_hand.now);
}

// A reviewer's word stands, whatever comes late. The labels stay: they say what their annotator is worth, and
// are all that is known of a question which the reviewer left out.
Result<void> take_late(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                       const NewAnnotation& taken) {
  MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
  MIZAN_CHECK_OK(take_late_labels(tx, service, said_by(taken, false), wants));
  MIZAN_CHECK_OK(tell(tx, in_hand, taken));
  return store::update_task_state(tx, in_hand.task);
}

}  // namespace

Result<void> take_annotation(store::Transaction& tx, Service& service, const TaskInHand& in_hand,
                             const NewAnnotation& taken) {
  MIZAN_CHECK_OK(store::insert_annotation(tx, taken.row));
  const bool is_gold = in_hand.task.state == rules::TaskState::gold;
  if (in_hand.task.state == rules::TaskState::done) {
    MIZAN_TRY(const bool is_final, has_last_word(tx, taken.row.project_id, taken.row.task_id));
    if (is_final) return take_late(tx, service, in_hand, taken);
  }
  MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
  MIZAN_TRY(const TaskDecision decision, take_labels(tx, service, said_by(taken, is_gold), wants));
  if (!is_gold) MIZAN_CHECK_OK(draw_review(tx, service, in_hand, taken, 1 - decision.confidence));
  MIZAN_CHECK_OK(tell(tx, in_hand, taken));
  if (taken.is_gold_assignment) return {};
  return apply_decision(tx, service, in_hand, decision);
}

}  // namespace mizan::app
