// Reviews: a reviewer's verdicts on annotations and on whole tasks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/review.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct ReviewRow {
  domain::ProjectId project_id;
  domain::ReviewId review_id;
  domain::TaskId task_id;
  std::optional<domain::AnnotationId> annotation_id{};  ///< none: of the whole task, to be adjudicated
  rules::ReviewState state = rules::ReviewState::pending;
  std::optional<domain::AccountId> account_id{};  ///< who settled it
  std::string reason{};                           ///< a code of the project's list
  std::string comment{};
  std::optional<std::string> answers{};  ///< the reviewer's own, when fixed or adjudicated
  double look_value = 0;                 ///< how much a look is worth: 1 - confidence of the consensus
  Instant created_at{};
  std::optional<Instant> settled_at{};
};

[[nodiscard]] Result<void> insert_review(Transaction& tx, const ReviewRow& review);
/// Writes state, account, reason, comment, answers and time of a row that this transaction has locked.
[[nodiscard]] Result<void> update_review(Transaction& tx, const ReviewRow& review);
[[nodiscard]] Result<std::optional<ReviewRow>> find_review(Transaction& tx, domain::ProjectId project,
                                                           domain::ReviewId review);
/// As find_review; nobody else changes the row until the transaction ends.
[[nodiscard]] Result<std::optional<ReviewRow>> lock_review(Transaction& tx, domain::ProjectId project,
                                                           domain::ReviewId review);
/// Every review of a task, oldest first.
[[nodiscard]] Result<std::vector<ReviewRow>> reviews_of_task(Transaction& tx, domain::ProjectId project,
                                                             domain::TaskId task);
/// After the consensus of a task has changed: what a look at its pending reviews is worth now.
[[nodiscard]] Result<void> value_reviews(Transaction& tx, domain::ProjectId project, domain::TaskId task,
                                         double look_value);

struct ReviewPage {
  domain::ProjectId project_id;
  std::string_view state{};                     ///< empty = every; ignored by pending_reviews
  domain::AnnotatorId annotator_id{};           ///< of whose annotations; none = every
  std::vector<domain::SupplierId> suppliers{};  ///< of whose annotations; empty = every
  double after_value = 2;  ///< pending_reviews: less worth than this, or as much and later than `after`
  domain::ReviewId after{};
  std::int64_t limit = 100;
};
/// The reviews that wait, the most valuable look first.
[[nodiscard]] Result<std::vector<ReviewRow>> pending_reviews(Transaction& tx, const ReviewPage& page);
/// By id, later than `after`.
[[nodiscard]] Result<std::vector<ReviewRow>> list_reviews(Transaction& tx, const ReviewPage& page);

}  // namespace mizan::store
