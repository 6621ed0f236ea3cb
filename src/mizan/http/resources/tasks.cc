// Tasks: /api/v1/projects/{project_id}/tasks, …/tasks:import, …/tasks/{task_id}.
#include "mizan/app/tasks/tasks.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// A member of a task's JSON, made only where it is asked for.
struct Member {
  std::string_view name;
  json::value (*of)(const store::TaskRow& task);
};

constexpr std::array kMembers{
    Member{"task_id", [](const auto& task) -> json::value { return json::string(to_text(task.task_id)); }},
    Member{"project_id",
           [](const auto& task) -> json::value { return json::string(to_text(task.state.project_id)); }},
    Member{"external_id", [](const auto& task) -> json::value { return json::string(task.external_id); }},
    Member{"state", [](const auto& task) -> json::value { return json::string(to_text(task.state.state)); }},
    Member{"priority", [](const auto& task) -> json::value { return task.priority; }},
    Member{"domain", [](const auto& task) -> json::value { return json::string(task.domain); }},
    Member{"language", [](const auto& task) -> json::value { return json::string(task.language); }},
    Member{"batch_id",
           [](const auto& task) -> json::value {
             return task.state.batch_id ? json::value(json::string(to_text(*task.state.batch_id)))
                                        : json::value();
           }},
    Member{"wanted_count", [](const auto& task) -> json::value { return task.state.counts.wanted_count; }},
    Member{"live_count", [](const auto& task) -> json::value { return task.state.counts.live_count; }},
    Member{"done_count", [](const auto& task) -> json::value { return task.state.counts.done_count; }},
    Member{"payload", [](const auto& task) -> json::value { return json::parse(task.payload); }},
    Member{"pre_annotation",
           [](const auto& task) -> json::value {
             return task.pre_annotation ? json::parse(*task.pre_annotation) : json::value();
           }},
    Member{"created_at",
           [](const auto& task) -> json::value { return json::string(to_text(task.created_at)); }}};

using Members = std::vector<const Member*>;

const Members& all_members() {
  static const Members all = [] {
    Members members;
    for (const Member& member : kMembers) members.push_back(&member);
    return members;
  }();
  return all;
}

json::object task_json(const store::TaskRow& task, const Members& members = all_members()) {
  json::object body;
  body.reserve(members.size());
  for (const Member* member : members) body.emplace(member->name, member->of(task));
  return body;
}

// The members that `fields` names, separated by commas; all of them without it.
Result<Members> members_of(const Request& request) {
  const auto fields = request.query_value("fields");
  if (!fields) return all_members();
  const auto refuse = [](std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), "fields",
                "names of members, separated by commas: task_id,external_id,state");
  };
  Members members;
  for (std::string_view rest = *fields; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    const auto known = std::find_if(kMembers.begin(), kMembers.end(),
                                    [&](const Member& member) { return member.name == name; });
    if (known == kMembers.end()) return refuse("a task has no member '" + std::string(name) + "'");
    members.push_back(known);
  }
  if (members.empty()) return refuse("no member is named");
  return members;
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
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "state", "batch_id", "external_id", "fields"}));
  MIZAN_TRY(const Members members, members_of(call.request));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListTasks query;
  MIZAN_TRY(query.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.after, after_id<domain::TaskId>(page));
  MIZAN_TRY(query.batch, query_id<domain::BatchId>(call.request, "batch_id"));
  query.limit = static_cast<std::int64_t>(page.limit);
  query.state = call.request.query_value("state").value_or("");
  query.external_id = call.request.query_value("external_id").value_or("");
  MIZAN_TRY(const auto rows, app::list_tasks(service, call.caller(), query));
  return id_page(
      rows, page, [&](const auto& row) { return task_json(row, members); },
      [](const auto& row) { return row.task_id; });
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
