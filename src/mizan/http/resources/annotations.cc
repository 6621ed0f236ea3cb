// Annotations: submitting, revising and reading answers. /api/v1/assignments/{assignment_id}/annotation,
// /api/v1/annotations/{annotation_id}, /api/v1/projects/{project_id}/annotations and …/history.
#include <memory>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/work/list_assignments.h"
#include "mizan/app/work/revise_annotation.h"
#include "mizan/app/work/submit_annotation.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/assignment_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

struct AnswersBody {
  json::value answers{};
  std::optional<std::int64_t> duration_us{};
};

Result<AnswersBody> answers_body(const Request& request) {
  MIZAN_TRY(const auto body, json_object_body(request));
  BodyFields fields(body);
  AnswersBody read;
  const json::value* answers = fields.maybe_value("answers");
  if (answers == nullptr) return fail(ErrorCode::invalid_argument, "the answers are missing", "/answers");
  read.answers = *answers;
  MIZAN_TRY(read.duration_us, fields.maybe_integer("duration_us"));
  if (read.duration_us && *read.duration_us < 0)
    return fail(ErrorCode::invalid_argument, "a duration is not negative", "/duration_us");
  MIZAN_CHECK_OK(fields.nothing_else());
  return read;
}

json::value lesson_json(const app::Lesson& lesson) {
  json::object scores;
  for (const domain::GoldScore& score : lesson.scores)
    scores[score.question] = {{"result", domain::gold_result_name(score.result)}, {"measure", score.measure}};
  return {{"scores", scores},
          {"right_answers", json::parse(lesson.right_answers)},
          {"explanation", lesson.explanation}};
}

Response submitted_response(const app::SubmittedAnnotation& submitted) {
  std::string text = R"({"annotation_id":")" + to_text(submitted.annotation) + R"(","assignment_id":")" +
                     to_text(submitted.assignment) + R"(","project_id":")" + to_text(submitted.project) +
                     R"(","submitted_at":")" + to_text(submitted.submitted_at) + R"(","lesson":)";
  text += submitted.lesson ? json::serialize(lesson_json(*submitted.lesson)) : "null";
  text += R"(,"next":)";
  text += submitted.next ? assignment_text(*submitted.next) : "null";
  text += '}';
  Response response = json_text_response(std::move(text), submitted.is_retry ? 200 : 201);
  response.set("Location", "/api/v1/annotations/" + to_text(submitted.annotation));
  return response;
}

void submit_annotation(app::Service& service, const std::shared_ptr<Call>& call, const Responder& responder) {
  const auto refuse = [&](const Error& error) { responder(problem(error, call->request.request_id)); };
  const auto assignment = path_id<domain::AssignmentId>(*call, "assignment_id");
  if (!assignment) return refuse(assignment.error());
  const auto wants_next = query_flag(call->request, "next");
  if (!wants_next) return refuse(wants_next.error());
  auto body = answers_body(call->request);
  if (!body) return refuse(body.error());
  app::submit_annotation(service, call->signed_in,
                         {.assignment = *assignment,
                          .answers = std::move(body->answers),
                          .duration_us = body->duration_us,
                          .wants_next = *wants_next},
                         [call, responder](const app::SubmitAnswer& submitted) {
                           if (!submitted)
                             return responder(problem(submitted.error(), call->request.request_id));
                           responder(submitted_response(*submitted));
                         });
}

json::object annotation_json(const store::AnnotationRow& row, bool is_for_lab) {
  json::object body{{"annotation_id", to_text(row.annotation_id)},
                    {"project_id", to_text(row.project_id)},
                    {"assignment_id", nullptr},
                    {"annotator_id", to_text(row.annotator_id)},
                    {"supplier_id", to_text(row.supplier_id)},
                    {"template_version", row.template_version},
                    {"answers", json::parse(row.answers)},
                    {"duration_us", nullptr},
                    {"submitted_at", to_text(row.submitted_at)},
                    {"revises", nullptr}};
  if (row.assignment_id) body["assignment_id"] = to_text(*row.assignment_id);
  if (row.duration_us) body["duration_us"] = *row.duration_us;
  if (row.revises) body["revises"] = to_text(*row.revises);
  if (is_for_lab) body["task_id"] = to_text(row.task_id);
  return body;
}

Result<Response> revise_annotation(app::Service& service, Call& call) {
  app::ReviseAnnotation command;
  MIZAN_TRY(command.annotation, path_id<domain::AnnotationId>(call, "annotation_id"));
  MIZAN_TRY(auto body, answers_body(call.request));
  command.answers = std::move(body.answers);
  command.duration_us = body.duration_us;
  MIZAN_TRY(const auto row, app::revise_annotation(service, call.caller(), command));
  return created("/api/v1/annotations/" + to_text(row.annotation_id), annotation_json(row, false));
}

Result<Response> read_annotation(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AnnotationId>(call, "annotation_id"));
  MIZAN_TRY(const auto found, app::read_annotation(service, call.caller(), id));
  return json_response(annotation_json(found.row, found.is_for_lab));
}

Result<Response> list_annotations(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "annotator_id", "task_id"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListAnnotations query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.annotator, query_id<domain::AnnotatorId>(call.request, "annotator_id"));
  MIZAN_TRY(query.task, query_id<domain::TaskId>(call.request, "task_id"));
  MIZAN_TRY(query.after, after_id<domain::AnnotationId>(page));
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto listed, app::list_annotations(service, call.caller(), query));
  return id_page(
      listed.rows, page, [&](const auto& row) { return annotation_json(row, listed.is_for_lab); },
      [](const auto& row) { return row.annotation_id; });
}

json::object history_json(const app::HistoryEntry& entry) {
  json::object body = assignment_row(entry.assignment, Reader::outside);
  body["answers"] = nullptr;
  body["review"] = nullptr;
  if (entry.annotation) body["answers"] = json::parse(entry.annotation->answers);
  if (entry.review)
    body["review"] = {{"state", to_text(entry.review->state)},
                      {"reason", entry.review->reason},
                      {"comment", entry.review->comment}};
  return body;
}

Result<Response> read_history(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ReadHistory query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.before, after_id<domain::AssignmentId>(page));
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto history, app::read_history(service, call.caller(), query));
  return id_page(history, page, history_json,
                 [](const auto& entry) { return entry.assignment.assignment_id; });
}

}  // namespace

void add_annotation_routes(Router& router, app::Service& service) {
  using rules::Action;
  const std::string of_project = "/api/v1/projects/{project_id}";
  const std::string one = "/api/v1/annotations/{annotation_id}";
  router.add({Method::post, "/api/v1/assignments/{assignment_id}/annotation", "submit_annotation",
              Action::submit_annotation,
              direct([&service](const std::shared_ptr<Call>& call, const Responder& responder) {
                submit_annotation(service, call, responder);
              })});
  router.add({Method::get, one, "read_annotation", Action::read_annotation, bind(service, read_annotation)});
  router.add({Method::post, one + ":revise", "revise_annotation", Action::revise_annotation,
              bind(service, revise_annotation)});
  router.add({Method::get, of_project + "/annotations", "list_annotations", Action::list_annotations,
              bind(service, list_annotations)});
  router.add({Method::get, of_project + "/history", "read_history", Action::list_annotations,
              bind(service, read_history)});
}

}  // namespace mizan::http
