// Reviews and adjudication: /api/v1/projects/{project_id}/reviews and …/tasks/{task_id}/adjudication.
#include "mizan/app/work/reviews.h"

#include <boost/json.hpp>

#include "mizan/app/work/adjudicate.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object review_json(const store::ReviewRow& review) {
  json::object body{{"project_id", to_text(review.project_id)},
                    {"review_id", to_text(review.review_id)},
                    {"annotation_id", nullptr},
                    {"state", to_text(review.state)},
                    {"reason", review.reason},
                    {"comment", review.comment},
                    {"answers", nullptr},
                    {"look_value", review.look_value},
                    {"created_at", to_text(review.created_at)},
                    {"settled_at", nullptr}};
  if (review.annotation_id) body["annotation_id"] = to_text(*review.annotation_id);
  if (review.answers) body["answers"] = json::parse(*review.answers);
  if (review.settled_at) body["settled_at"] = to_text(*review.settled_at);
  return body;
}

// The lab also sees which task it is. What others said of it, which the uncertainty of its consensus would
// show, is not for a supplier's people.
json::object review_json_for(const Call& call, const store::ReviewRow& review) {
  json::object body = review_json(review);
  const auto grant =
      rules::allowed(call.caller().memberships, rules::Action::read_review, rules::at(review.project_id));
  if (grant.reach == rules::Reach::all)
    body["task_id"] = to_text(review.task_id);
  else
    body["look_value"] = nullptr;
  return body;
}

Result<Response> list_reviews(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "state"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListReviews query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  query.state = call.request.query_value("state").value_or("");
  query.after = page.after.value_or("");
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto reviews, app::list_reviews(service, call.caller(), query));
  json::array data;
  for (const store::ReviewRow& review : reviews) data.emplace_back(review_json_for(call, review));
  std::optional<std::string> next;
  if (!reviews.empty() && reviews.size() == page.limit) next = app::cursor_of(query, reviews.back());
  return page_response(std::move(data), next);
}

Result<Response> read_review(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto review, path_id<domain::ReviewId>(call, "review_id"));
  MIZAN_TRY(const auto view, app::read_review(service, call.caller(), project, review));
  json::object body = review_json_for(call, view.review);
  body["payload"] = json::parse(view.payload);
  body["submitted_answers"] = view.answers ? json::parse(*view.answers) : json::value();
  return json_response(body);
}

Result<Response> request_review(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(const auto annotation, fields.id<domain::AnnotationId>("annotation_id"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto review, app::request_review(service, call.caller(), project, annotation));
  return created("/api/v1/projects/" + to_text(project) + "/reviews/" + to_text(review.review_id),
                 review_json_for(call, review));
}

template <rules::ReviewStep kStep>
Result<Response> settle_review(app::Service& service, Call& call) {
  app::SettleReview command{.step = kStep};
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.review, path_id<domain::ReviewId>(call, "review_id"));
  if (!call.request.body.empty()) {
    MIZAN_TRY(const auto body, json_object_body(call.request));
    BodyFields fields(body);
    MIZAN_TRY(const auto reason, fields.maybe_text("reason"));
    command.reason = reason.value_or("");
    MIZAN_TRY(const auto comment, fields.maybe_text("comment"));
    command.comment = comment.value_or("");
    if (const json::value* answers = fields.maybe_value("answers")) command.answers = *answers;
    MIZAN_CHECK_OK(fields.nothing_else());
  }
  MIZAN_TRY(const auto review, app::settle_review(service, call.caller(), command));
  return json_response(review_json_for(call, review));
}

Result<Response> read_adjudication(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_TRY(const auto view, app::read_adjudication(service, call.caller(), project, task));
  json::array answers;
  for (const app::BlindAnswers& blind : view.answers)
    answers.push_back({{"letter", blind.letter}, {"answers", json::parse(blind.answers)}});
  return json_response(json::object{{"task_id", to_text(task)},
                                    {"state", view.state},
                                    {"template_version", view.template_version},
                                    {"payload", json::parse(view.payload)},
                                    {"answers", answers}});
}

Result<Response> adjudicate_task(app::Service& service, Call& call) {
  app::AdjudicateTask command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  const json::value* answers = fields.maybe_value("answers");
  if (answers == nullptr) return fail(ErrorCode::invalid_argument, "the answers are missing", "/answers");
  command.answers = *answers;
  MIZAN_TRY(const auto comment, fields.maybe_text("comment"));
  command.comment = comment.value_or("");
  MIZAN_TRY(const auto becomes_gold, fields.maybe_flag("becomes_gold"));
  command.becomes_gold = becomes_gold.value_or(false);
  MIZAN_TRY(const auto explanation, fields.maybe_text("explanation"));
  command.explanation = explanation.value_or("");
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto task, app::adjudicate_task(service, call.caller(), command));
  return json_response(json::object{{"task_id", to_text(task.task_id)}, {"state", to_text(task.state)}});
}

template <rules::ReviewStep kStep>
void add_step(Router& router, app::Service& service) {
  const std::string step(rules::kReviewSteps(kStep));
  router.add({Method::post, "/api/v1/projects/{project_id}/reviews/{review_id}:" + step, step + "_review",
              rules::Action::review_annotation, bind(service, settle_review<kStep>)});
}

}  // namespace

void add_review_routes(Router& router, app::Service& service) {
  using rules::Action;
  const std::string all = "/api/v1/projects/{project_id}/reviews";
  const std::string task = "/api/v1/projects/{project_id}/tasks/{task_id}";
  router.add({Method::get, all, "list_reviews", Action::list_reviews, bind(service, list_reviews)});
  router.add({Method::post, all, "request_review", Action::review_annotation, bind(service, request_review)});
  router.add(
      {Method::get, all + "/{review_id}", "read_review", Action::read_review, bind(service, read_review)});
  add_step<rules::ReviewStep::accept>(router, service);
  add_step<rules::ReviewStep::fix>(router, service);
  add_step<rules::ReviewStep::reject>(router, service);
  router.add({Method::get, task + "/adjudication", "read_adjudication", Action::read_adjudication,
              bind(service, read_adjudication)});
  router.add({Method::post, task + ":adjudicate", "adjudicate_task", Action::adjudicate_task,
              bind(service, adjudicate_task)});
}

}  // namespace mizan::http
