// Tasks: /api/v1/projects/{project_id}/tasks, …/tasks:import, …/tasks/{task_id}.
#include "mizan/app/tasks/tasks.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/app/tasks/import_tasks.h"
#include "mizan/http/problem.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

constexpr std::size_t kImportLimitBytes = 64UL << 30;
constexpr std::size_t kTaskLimitBytes = 16UL << 20;

json::object task_json(const store::TaskRow& task) {
  json::object body{{"task_id", to_text(task.task_id)},
                    {"project_id", to_text(task.state.project_id)},
                    {"external_id", task.external_id},
                    {"state", to_text(task.state.state)},
                    {"priority", task.priority},
                    {"domain", task.domain},
                    {"language", task.language},
                    {"batch_id", nullptr},
                    {"wanted_count", task.state.counts.wanted_count},
                    {"live_count", task.state.counts.live_count},
                    {"done_count", task.state.counts.done_count},
                    {"payload", json::parse(task.payload)},
                    {"pre_annotation", nullptr},
                    {"created_at", to_text(task.created_at)}};
  if (task.state.batch_id) body["batch_id"] = to_text(*task.state.batch_id);
  if (task.pre_annotation) body["pre_annotation"] = json::parse(*task.pre_annotation);
  return body;
}

json::array errors_json(const app::TaskImport& done) {
  json::array errors;
  for (const app::RowError& each : done.errors)
    errors.push_back({{"line", each.line},
                      {"code", error_name(each.error.code)},
                      {"detail", each.error.message},
                      {"where", each.error.where},
                      {"hint", each.error.hint}});
  return errors;
}

json::object import_json(const app::TaskImport& done) {
  return {{"import_id", to_text(done.import_id)}, {"row_count", done.row_count},
          {"created_count", done.created_count},  {"unchanged_count", done.unchanged_count},
          {"bad_count", done.bad_count},          {"errors", errors_json(done)}};
}

/// Problem details of an import that was refused: the first row's, with every row's beside it.
Response refusal(const app::TaskImport& done, const Request& request) {
  Error error =
      done.errors.empty() ? Error{ErrorCode::unusable_row, "rows were refused"} : done.errors.front().error;
  error.message =
      "line " + std::to_string(done.errors.empty() ? 0 : done.errors.front().line) + ": " + error.message;
  error.hint = "nothing was imported; mend the rows, or import the others with ?skip_bad_rows=true";
  Response response = problem(error, request.request_id);
  json::object body = json::parse(response.body).as_object();
  for (auto& member : import_json(done)) body[member.key()] = member.value();
  // Whatever is wrong with its rows, the request itself was understood.
  response.status = error.code == ErrorCode::conflict ? 409 : 422;
  body["status"] = response.status;
  response.body = json::serialize(body);
  return response;
}

Result<Response> import_tasks(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"skip_bad_rows", "error_limit"}));
  app::ImportTasks command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  const auto format = dataset::task_format_of_media_type(call.request.header("Content-Type").value_or(""));
  if (!format)
    return fail(ErrorCode::unsupported_media_type, "the body is not of a kind that tasks come in",
                "Content-Type", "application/x-ndjson, text/csv or application/vnd.apache.parquet");
  command.format = *format;
  MIZAN_TRY(command.skip_bad_rows, query_flag(call.request, "skip_bad_rows"));
  MIZAN_TRY(const auto limit, query_integer(call.request, "error_limit", {0, 10'000}));
  command.error_limit = static_cast<std::size_t>(limit.value_or(100));
  command.read = [reader = call.request.body_reader](std::span<char> buffer) { return reader->read(buffer); };
  MIZAN_TRY(const auto done, app::import_tasks(service, call.caller(), command));
  if (!done.is_complete) return refusal(done, call.request);
  return json_response(import_json(done));
}

Result<Response> create_task(app::Service& service, Call& call) {
  // Read as text: the payload's numbers are kept as they were written.
  MIZAN_CHECK_OK(json_object_body(call.request));
  app::CreateTask command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  command.row = std::move(call.request.body);
  MIZAN_TRY(const auto made, app::create_task(service, call.caller(), command));
  const std::string place =
      "/api/v1/projects/" + to_text(command.project_id) + "/tasks/" + to_text(made.task.task_id);
  if (made.is_new) return created(place, task_json(made.task));
  Response response = json_response(task_json(made.task));
  response.set("Location", place);
  return response;
}

Result<Response> read_task(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_TRY(const auto found, app::read_task(service, call.caller(), project, task));
  return json_response(task_json(found));
}

Result<Response> list_tasks(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "state", "batch_id", "external_id"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListTasks query;
  MIZAN_TRY(query.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.after, after_id<domain::TaskId>(page));
  MIZAN_TRY(query.batch, query_id<domain::BatchId>(call.request, "batch_id"));
  query.limit = static_cast<std::int64_t>(page.limit);
  query.state = call.request.query_value("state").value_or("");
  query.external_id = call.request.query_value("external_id").value_or("");
  MIZAN_TRY(const auto rows, app::list_tasks(service, call.caller(), query));
  return id_page(rows, page, task_json, [](const auto& row) { return row.task_id; });
}

}  // namespace

void add_task_routes(Router& router, app::Service& service) {
  using rules::Action;
  const std::string tasks = "/api/v1/projects/{project_id}/tasks";
  Route import{Method::post, tasks + ":import", "import_tasks", Action::import_tasks,
               bind(service, import_tasks)};
  import.body = BodyMode::streamed;
  import.body_limit_bytes = kImportLimitBytes;
  router.add(std::move(import));
  Route create{Method::post, tasks, "create_task", Action::import_tasks, bind(service, create_task)};
  create.body_limit_bytes = kTaskLimitBytes;
  router.add(std::move(create));
  router.add({Method::get, tasks, "list_tasks", Action::list_tasks, bind(service, list_tasks)});
  router.add({Method::get, tasks + "/{task_id}", "read_task", Action::read_task, bind(service, read_task)});
}

}  // namespace mizan::http
