// Assignments: giving out work and giving it back. /api/v1/projects/{project_id}/assignments and
// /api/v1/assignments/{assignment_id}.
#include <memory>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/work/end_assignment.h"
#include "mizan/app/work/lease_assignment.h"
#include "mizan/app/work/list_assignments.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/assignment_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

// For whom: members of the body, which may be empty.
Result<app::Whom> whom_of_body(const Request& request) {
  if (request.body.empty()) return app::Whom{};
  MIZAN_TRY(const auto body, json_object_body(request));
  BodyFields fields(body);
  app::Whom whom;
  MIZAN_TRY(whom.annotator, fields.maybe_id<domain::AnnotatorId>("annotator_id"));
  MIZAN_TRY(auto contributor, fields.maybe_text("contributor_id"));
  if (contributor) whom.contributor_id = *std::move(contributor);
  MIZAN_CHECK_OK(fields.nothing_else());
  return whom;
}

Result<app::LeaseAssignment> whom_of_query(const Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"annotator_id", "contributor_id"}));
  app::LeaseAssignment query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.whom.annotator, query_id<domain::AnnotatorId>(call.request, "annotator_id"));
  query.whom.contributor_id = call.request.query_value("contributor_id").value_or("");
  return query;
}

Response leased_response(const std::optional<app::GivenAssignment>& given) {
  if (!given) return no_content();
  Response response = json_text_response(assignment_text(*given), given->is_resumed ? 200 : 201);
  response.set("Location", "/api/v1/assignments/" + to_text(given->row.assignment_id));
  return response;
}

void lease_assignment(app::Service& service, const std::shared_ptr<Call>& call, const Responder& responder) {
  const auto refuse = [&](const Error& error) { responder(problem(error, call->request.request_id)); };
  const auto project = path_id<domain::ProjectId>(*call, "project_id");
  if (!project) return refuse(project.error());
  auto whom = whom_of_body(call->request);
  if (!whom) return refuse(whom.error());
  app::lease_assignment(service, call->signed_in, {.project = *project, .whom = *std::move(whom)},
                        [call, responder](const app::LeaseAnswer& leased) {
                          if (!leased) return responder(problem(leased.error(), call->request.request_id));
                          responder(leased_response(*leased));
                        });
}

Result<Response> lease_assignments(app::Service& service, Call& call) {
  app::LeaseAssignments command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(auto contributors, fields.maybe_texts("contributor_ids"));
  if (contributors) command.contributor_ids = *std::move(contributors);
  MIZAN_TRY(const auto count, fields.maybe_integer("count"));
  command.count = count.value_or(1);
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto shares, app::lease_assignments(service, call.caller(), command));
  std::string text = R"({"data":[)";
  for (const app::LeasedFor& share : shares) {
    if (text.back() == '}') text += ',';
    text += R"({"contributor_id":)" + json::serialize(json::string(share.contributor_id)) + R"(,"refused":)";
    text += share.refused ? json::serialize(json::object{{"code", error_name(share.refused->code)},
                                                         {"detail", share.refused->message}})
                          : "null";
    text += R"(,"assignments":[)";
    for (const app::GivenAssignment& given : share.assignments) {
      if (text.back() == '}') text += ',';
      text += assignment_text(given);
    }
    text += "]}";
  }
  text += "]}";
  return json_text_response(std::move(text));
}

Result<Response> list_live_assignments(app::Service& service, Call& call) {
  MIZAN_TRY(const auto query, whom_of_query(call));
  MIZAN_TRY(const auto live, app::live_assignments(service, call.caller(), query));
  std::string text = R"({"data":[)";
  for (const app::GivenAssignment& given : live) {
    if (text.back() == '}') text += ',';
    text += assignment_text(given);
  }
  text += R"(],"next":null})";
  return json_text_response(std::move(text));
}

Result<Response> check_workable(app::Service& service, Call& call) {
  MIZAN_TRY(const auto query, whom_of_query(call));
  MIZAN_TRY(const auto judged, app::workable(service, call.caller(), query));
  json::object body{{"is_workable", judged.is_workable}, {"code", nullptr}, {"reason", judged.reason}};
  if (!judged.is_workable) body["code"] = judged.code;
  return json_response(body);
}

Result<Response> list_assignments(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "state", "annotator_id"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListAssignments query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.annotator, query_id<domain::AnnotatorId>(call.request, "annotator_id"));
  MIZAN_TRY(query.after, after_id<domain::AssignmentId>(page));
  query.state = call.request.query_value("state").value_or("");
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto listed, app::list_assignments(service, call.caller(), query));
  const Reader reader = listed.is_for_lab ? Reader::lab : Reader::outside;
  return id_page(
      listed.rows, page, [&](const auto& row) { return assignment_row(row, reader); },
      [](const auto& row) { return row.assignment_id; });
}

Result<Response> read_assignment(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(const auto given, app::read_assignment(service, call.caller(), id));
  return json_text_response(assignment_text(given));
}

Result<Response> heartbeat_assignment(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(const auto row, app::heartbeat_assignment(service, call.caller(), id));
  return json_response(assignment_row(row, Reader::outside));
}

// The member `reason` of the body; an empty body has none.
Result<std::string> reason_of(const Request& request) {
  if (request.body.empty()) return std::string();
  MIZAN_TRY(const auto body, json_object_body(request));
  BodyFields fields(body);
  MIZAN_TRY(auto reason, fields.maybe_text("reason"));
  MIZAN_CHECK_OK(fields.nothing_else());
  return reason.value_or("");
}

Result<Response> skip_assignment(app::Service& service, Call& call) {
  app::SkipAssignment command;
  MIZAN_TRY(command.assignment, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(command.reason, reason_of(call.request));
  MIZAN_TRY(const auto row, app::skip_assignment(service, call.caller(), command));
  return json_response(assignment_row(row, Reader::outside));
}

Result<Response> release_assignment(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(const auto row, app::release_assignment(service, call.caller(), id));
  return json_response(assignment_row(row, Reader::outside));
}

Result<Response> revoke_assignment(app::Service& service, Call& call) {
  app::RevokeAssignment command;
  MIZAN_TRY(command.assignment, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(command.reason, reason_of(call.request));
  MIZAN_TRY(const auto row, app::revoke_assignment(service, call.caller(), command));
  return json_response(assignment_row(row, Reader::outside));
}

}  // namespace

void add_assignment_routes(Router& router, app::Service& service) {
  using rules::Action;
  const std::string all = "/api/v1/projects/{project_id}/assignments";
  const std::string one = "/api/v1/assignments/{assignment_id}";
  router.add({Method::post, all, "lease_assignment", Action::lease_assignment,
              direct([&service](const std::shared_ptr<Call>& call, const Responder& responder) {
                lease_assignment(service, call, responder);
              })});
  router.add({Method::post, all + ":batch", "lease_assignments", Action::lease_assignments,
              bind(service, lease_assignments)});
  router.add(
      {Method::get, all, "list_assignments", Action::list_assignments, bind(service, list_assignments)});
  router.add({Method::get, all + ":live", "list_live_assignments", Action::list_assignments,
              bind(service, list_live_assignments)});
  router.add({Method::get, all + ":workable", "check_workable", Action::list_assignments,
              bind(service, check_workable)});
  router.add({Method::get, one, "read_assignment", Action::read_assignment, bind(service, read_assignment)});
  router.add({Method::post, one + ":heartbeat", "heartbeat_assignment", Action::heartbeat_assignment,
              bind(service, heartbeat_assignment)});
  router.add({Method::post, one + ":skip", "skip_assignment", Action::skip_assignment,
              bind(service, skip_assignment)});
  router.add({Method::post, one + ":release", "release_assignment", Action::release_assignment,
              bind(service, release_assignment)});
  router.add({Method::post, one + ":revoke", "revoke_assignment", Action::revoke_assignment,
              bind(service, revoke_assignment)});
}

}  // namespace mizan::http
