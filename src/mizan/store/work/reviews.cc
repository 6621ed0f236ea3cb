#include "mizan/store/work/reviews.h"

#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

#define MIZAN_REVIEW_COLUMNS                                                                 \
  "r.project_id, r.review_id, r.task_id, r.annotation_id, r.state, r.account_id, r.reason, " \
  "r.comment, r.answers, r.look_value, r.created_at_us, r.settled_at_us "

constexpr Query kInsertReview{
    "insert_review",
    "INSERT INTO reviews (project_id, review_id, task_id, annotation_id, state, account_id, reason, comment, "
    "answers, look_value, created_at_us, settled_at_us) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
constexpr Query kUpdateReview{
    "update_review",
    "UPDATE reviews SET state = $3, account_id = $4, reason = $5, comment = $6, answers = $7, "
    "settled_at_us = $8 WHERE project_id = $1 AND review_id = $2"};
constexpr Query kFindReview{"find_review", "SELECT " MIZAN_REVIEW_COLUMNS
                                           "FROM reviews r WHERE r.project_id = $1 AND r.review_id = $2"};
constexpr Query kLockReview{"lock_review", "SELECT " MIZAN_REVIEW_COLUMNS
                                           "FROM reviews r WHERE r.project_id = $1 AND r.review_id = $2\n"
                                           "@postgres FOR UPDATE\n"};
constexpr Query kReviewsOfTask{"reviews_of_task", "SELECT " MIZAN_REVIEW_COLUMNS
                                                  "FROM reviews r WHERE r.project_id = $1 AND r.task_id = $2 "
                                                  "ORDER BY r.review_id"};
// state || '': by the index of the task, not by that of all reviews that wait.
constexpr Query kValueReviews{"value_reviews",
                              "UPDATE reviews SET look_value = $3 "
                              "WHERE project_id = $1 AND task_id = $2 AND state || '' = 'pending'"};
constexpr Query kPendingReviews{"pending_reviews",
                                "SELECT " MIZAN_REVIEW_COLUMNS
                                "FROM reviews r WHERE r.project_id = $1 AND r.state = 'pending' "
                                "AND r.look_value <= $2 AND (r.look_value < $2 OR r.review_id > $3) "
                                "ORDER BY r.look_value DESC, r.review_id LIMIT $4"};
constexpr Query kListReviews{
    "list_reviews", "SELECT " MIZAN_REVIEW_COLUMNS
                    "FROM reviews r LEFT JOIN annotations a ON a.project_id = r.project_id "
                    "AND a.annotation_id = r.annotation_id "
                    "WHERE r.project_id = $1 AND r.review_id > $2 AND ($3 = '' OR r.state = $3) "
                    "AND ($4 = 0 OR a.annotator_id = $4) AND ($5 = '[]' OR a.supplier_id IN @integers($5)) "
                    "ORDER BY r.review_id LIMIT $6"};
#undef MIZAN_REVIEW_COLUMNS

Result<ReviewRow> read_review(const Row& row) {
  MIZAN_TRY(const auto state, rules::kReviewStates.parse(row.text(4)));
  return ReviewRow{.project_id = row.id<domain::ProjectId>(0),
                   .review_id = row.id<domain::ReviewId>(1),
                   .task_id = row.id<domain::TaskId>(2),
                   .annotation_id = row.maybe_id<domain::AnnotationId>(3),
                   .state = state,
                   .account_id = row.maybe_id<domain::AccountId>(5),
                   .reason = row.string(6),
                   .comment = row.string(7),
                   .answers = row.maybe_text(8),
                   .look_value = row.real(9),
                   .created_at = row.instant(10),
                   .settled_at = row.maybe_instant(11)};
}

}  // namespace

Result<void> insert_review(Transaction& tx, const ReviewRow& review) {
  return tx.queue(kInsertReview, review.project_id, review.review_id, review.task_id, review.annotation_id,
                  to_text(review.state), review.account_id, review.reason, review.comment, review.answers,
                  review.look_value, review.created_at, review.settled_at);
}

Result<void> update_review(Transaction& tx, const ReviewRow& review) {
  return tx.queue(kUpdateReview, review.project_id, review.review_id, to_text(review.state),
                  review.account_id, review.reason, review.comment, review.answers, review.settled_at);
}

Result<std::optional<ReviewRow>> find_review(Transaction& tx, domain::ProjectId project,
                                             domain::ReviewId review) {
  return tx.maybe_row(kFindReview, read_review, project, review);
}

Result<std::optional<ReviewRow>> lock_review(Transaction& tx, domain::ProjectId project,
                                             domain::ReviewId review) {
  return tx.maybe_row(kLockReview, read_review, project, review);
}

Result<std::vector<ReviewRow>> reviews_of_task(Transaction& tx, domain::ProjectId project,
                                               domain::TaskId task) {
  return tx.rows(kReviewsOfTask, read_review, project, task);
}

Result<void> value_reviews(Transaction& tx, domain::ProjectId project, domain::TaskId task,
                           double look_value) {
  return tx.queue(kValueReviews, project, task, look_value);
}

Result<std::vector<ReviewRow>> pending_reviews(Transaction& tx, const ReviewPage& page) {
  return tx.rows(kPendingReviews, read_review, page.project_id, page.after_value, page.after, page.limit);
}

Result<std::vector<ReviewRow>> list_reviews(Transaction& tx, const ReviewPage& page) {
  return tx.rows(kListReviews, read_review, page.project_id, page.after, page.state, page.annotator_id,
                 integer_list(page.suppliers), page.limit);
}

}  // namespace mizan::store
