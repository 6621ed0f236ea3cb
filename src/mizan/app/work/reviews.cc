#include "mizan/app/work/reviews.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/quality/take_labels.h"
#include "mizan/app/work/last_word.h"
#include "mizan/app/work/task_flow.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/store/work/annotations.h"
#include "mizan/store/work/task_queue.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> no_such_review() {
  return fail(ErrorCode::not_found, "there is no such review in the project");
}

// "<value's bits>.<review id>" of a pending list, "<review id>" of the others.
Result<void> read_cursor(const std::string& cursor, store::ReviewPage& page) {
  if (cursor.empty()) return {};
  const auto dot = cursor.find('_');
  const auto split = cursor.rfind('@', dot);
  const bool has_value = split != std::string::npos;
  if (has_value) {
    const char* end = cursor.data() + split;
    const auto read = std::from_chars(cursor.data(), end, page.after_value);
    if (read.ec != std::errc() || read.ptr != end)
      return fail(ErrorCode::invalid_argument, "this is no cursor of this list", "after");
  }
  auto id = parse_id<domain::ReviewId>(std::string_view(cursor).substr(has_value ? split + 1 : 0));
  if (!id) return fail(ErrorCode::invalid_argument, "this is no cursor of this list", "after");
  page.after = *id;
  return {};
}

Result<store::AnnotationRow> annotation_of(store::Transaction& tx, const store::ReviewRow& review) {
  if (!review.annotation_id)
    return fail(ErrorCode::illegal_transition, "this review is of a whole task", {}, "adjudicate the task");
  MIZAN_TRY(auto row, store::find_annotation(tx, review.project_id, *review.annotation_id));
  if (!row) return fail(ErrorCode::internal, "a review of no annotation");
  return *std::move(row);
}

// The annotation no longer counts. Others are to answer in its place, unless a reviewer had the last word.
Result<void> reject(store::Transaction& tx, Service& service, const store::AnnotationRow& annotation,
                    store::TaskStateRow& task, bool is_final) {
  const Instant now = service.now();
  MIZAN_CHECK_OK(take_back_labels(tx, {task.project_id, task.task_id}, annotation.annotation_id));
  MIZAN_CHECK_OK(tell_of_annotation(tx, "annotation.rejected", annotation, now));
  if (task.state == rules::TaskState::gold) return {};
  if (is_final) {
    --task.counts.done_count;
    task.counts.wanted_count = task.counts.live_count + task.counts.done_count;
    return store::update_task_state(tx, task);
  }
  const auto project = project_facts(tx, service, task.project_id);
  if (!project) return fail(project.error());
  const TaskInHand in_hand{.task = task, .project = **project, .now = now};
  --task.counts.done_count;
  const int taken = task.counts.live_count + task.counts.done_count;
  task.counts.wanted_count = std::max(task.counts.wanted_count, taken + 1);
  MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
  MIZAN_CHECK_OK(update_consensus(tx, service, {task.project_id, task.task_id}, wants));
  MIZAN_CHECK_OK(tell_of_task(tx, "task.reopened", task, now));
  return store::put_back(tx, task, service.ids().make<domain::AssignmentId>().value);
}

Result<void> check_reason(const ProjectFacts& project, const std::string& reason) {
  const auto& codes = project.settings.review_reasons;
  if (reason.empty() || std::find(codes.begin(), codes.end(), reason) != codes.end()) return {};
  std::string hint = "one of:";
  for (const std::string& code : codes) hint += " " + code;
  return fail(ErrorCode::invalid_argument, "the project has no reason \"" + reason + "\"", "/reason", hint);
}

Result<store::ReviewRow> settle(store::Transaction& tx, Service& service, const Caller& caller,
                                const SettleReview& command) {
  MIZAN_TRY(auto review, store::lock_review(tx, command.project, command.review));
  if (!review) return no_such_review();
  MIZAN_TRY(const auto annotation, annotation_of(tx, *review));
  const rules::Verdict verdict{
      .step = command.step, .reason_code = command.reason, .has_answers = command.answers.has_value()};
  MIZAN_TRY(review->state, rules::after(review->state, verdict));
  MIZAN_TRY(const auto project, project_facts(tx, service, command.project));
  MIZAN_CHECK_OK(check_reason(*project, command.reason));
  MIZAN_TRY(auto task, store::lock_task_state(tx, review->project_id, review->task_id));
  if (!task) return fail(ErrorCode::internal, "a review of no task");
  MIZAN_TRY(const bool is_final, has_last_word(tx, task->project_id, task->task_id));

  review->account_id = caller.account;
  review->reason = command.reason;
  review->comment = command.comment;
  review->settled_at = service.now();
  if (command.step == rules::ReviewStep::fix) {
    if (is_final) return fail(ErrorCode::illegal_transition, "a reviewer has settled the task already");
    MIZAN_TRY(review->answers, have_last_word(tx, service,
                                              {.task = *task,
                                               .template_version = annotation.template_version,
                                               .answers = *command.answers}));
  }
  MIZAN_CHECK_OK(store::update_review(tx, *review));
  if (command.step == rules::ReviewStep::reject)
    MIZAN_CHECK_OK(reject(tx, service, annotation, *task, is_final));
  const std::string subject = to_text(review->review_id);
  MIZAN_CHECK_OK(
      record_audit(tx, caller, {.at = service.now(), .action = "settle_review", .subject = subject}));
  return *review;
}

}  // namespace

std::string cursor_of(const ListReviews& query, const store::ReviewRow& last) {
  if (query.state != "pending") return to_text(last.review_id);
  char digits[64];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), last.look_value).ptr;
  return std::string(digits, end) + '@' + to_text(last.review_id);
}

Result<std::vector<store::ReviewRow>> list_reviews(Service& service, const Caller& caller,
                                                   const ListReviews& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::list_reviews, rules::at(query.project)));
  if (!query.state.empty()) MIZAN_CHECK_OK(rules::kReviewStates.parse(query.state));
  store::ReviewPage page{.project_id = query.project, .state = query.state, .limit = query.limit};
  if (grant.reach == rules::Reach::own) page.suppliers = grant.suppliers;
  if (grant.reach == rules::Reach::mine) {
    if (!caller.annotator) return fail(ErrorCode::forbidden, "this account is no annotator");
    page.annotator_id = *caller.annotator;
  }
  const bool is_outside = grant.reach != rules::Reach::all;
  const bool is_queue = query.state == "pending";
  // What waits for a look would say which work is being watched.
  if (is_outside && is_queue) return std::vector<store::ReviewRow>();
  MIZAN_CHECK_OK(read_cursor(query.after, page));
  MIZAN_TRY(auto rows, service.database().read([&](store::Transaction& tx) {
    return is_queue ? store::pending_reviews(tx, page) : store::list_reviews(tx, page);
  }));
  if (is_outside)
    std::erase_if(rows, [](const auto& row) { return row.state == rules::ReviewState::pending; });
  return rows;
}

Result<ReviewView> read_review(Service& service, const Caller& caller, domain::ProjectId project,
                               domain::ReviewId review) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_review, rules::at(project)));
  return service.database().read([&](store::Transaction& tx) -> Result<ReviewView> {
    MIZAN_TRY(auto row, store::find_review(tx, project, review));
    if (!row) return no_such_review();
    ReviewView view{.review = *std::move(row)};
    if (view.review.annotation_id) {
      MIZAN_TRY(auto annotation, annotation_of(tx, view.review));
      const bool is_own = caller.annotator == annotation.annotator_id || grant.covers(annotation.supplier_id);
      if (!is_own) return no_such_review();
      view.answers = std::move(annotation.answers);
    }
    if (grant.reach != rules::Reach::all) {
      const bool is_settled = view.review.annotation_id && view.review.state != rules::ReviewState::pending;
      if (!is_settled) return no_such_review();
      view.payload = "null";
      return view;
    }
    MIZAN_TRY(view.payload, store::find_payload(tx, project, view.review.task_id));
    return view;
  });
}

Result<store::ReviewRow> request_review(Service& service, const Caller& caller, domain::ProjectId project,
                                        domain::AnnotationId annotation) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::review_annotation, rules::at(project)));
  return service.database().write([&](store::Transaction& tx) -> Result<store::ReviewRow> {
    MIZAN_TRY(const auto row, store::find_annotation(tx, project, annotation));
    if (!row) return fail(ErrorCode::not_found, "there is no such annotation in the project");
    MIZAN_CHECK_OK(store::lock_task_state(tx, project, row->task_id));
    MIZAN_TRY(const auto reviews, store::reviews_of_task(tx, project, row->task_id));
    for (const store::ReviewRow& review : reviews)
      if (review.annotation_id == annotation && review.state == rules::ReviewState::pending)
        return fail(ErrorCode::conflict,
                    "a review of the annotation waits already: " + to_text(review.review_id));
    store::ReviewRow review{.project_id = project,
                            .review_id = service.ids().make<domain::ReviewId>(),
                            .task_id = row->task_id,
                            .annotation_id = annotation,
                            .look_value = 1,  // somebody asked for it
                            .created_at = service.now()};
    MIZAN_CHECK_OK(store::insert_review(tx, review));
    return review;
  });
}

Result<store::ReviewRow> settle_review(Service& service, const Caller& caller, const SettleReview& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::review_annotation, rules::at(command.project)));
  return service.database().write(
      [&](store::Transaction& tx) { return settle(tx, service, caller, command); });
}

}  // namespace mizan::app
