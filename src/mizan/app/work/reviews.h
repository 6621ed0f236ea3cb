// Reviews: a person's verdict on an annotation, and the last word on a task.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/review.h"
#include "mizan/store/work/reviews.h"

namespace mizan::app {

struct ListReviews {
  domain::ProjectId project;
  std::string state{};  ///< "pending": the most valuable look first; empty = every, by id
  std::string after{};  ///< cursor_of the last one
  std::int64_t limit = 100;
};
/// Annotators see the settled reviews of their own annotations, a supplier those of its people.
[[nodiscard]] Result<std::vector<store::ReviewRow>> list_reviews(Service& service, const Caller& caller,
                                                                 const ListReviews& query);
/// Where the list goes on after this one.
[[nodiscard]] std::string cursor_of(const ListReviews& query, const store::ReviewRow& last);

/// What a reviewer looks at: the answers without their author.
struct ReviewView {
  store::ReviewRow review{};
  std::string payload{};                 ///< JSON object
  std::optional<std::string> answers{};  ///< JSON object; nothing when the whole task is reviewed
};
/// @errors not_found
[[nodiscard]] Result<ReviewView> read_review(Service& service, const Caller& caller,
                                             domain::ProjectId project, domain::ReviewId review);

/// Asks for a look at an annotation that was not drawn.
/// @errors not_found; conflict: a review of it waits already
[[nodiscard]] Result<store::ReviewRow> request_review(Service& service, const Caller& caller,
                                                      domain::ProjectId project,
                                                      domain::AnnotationId annotation);

struct SettleReview {
  domain::ProjectId project{};
  domain::ReviewId review{};
  rules::ReviewStep step = rules::ReviewStep::accept;  ///< accept, fix or reject
  std::string reason{};                                ///< a code of the project's list; for fix and reject
  std::string comment{};
  std::optional<boost::json::value> answers{};  ///< fix: the reviewer's own
};
/// accept: the annotation stands. fix: the reviewer's answers are the consensus. reject: the annotation no
/// longer counts, the task is open again for others, and the annotator sees why.
/// @errors not_found; illegal_transition; invalid_argument; bad_answer
[[nodiscard]] Result<store::ReviewRow> settle_review(Service& service, const Caller& caller,
                                                     const SettleReview& command);

}  // namespace mizan::app
