// Projects: /api/v1/projects.
#include "mizan/app/projects/projects.h"

#include <array>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/clone_project.h"
#include "mizan/app/projects/progress.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/counts.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object to_json(const app::Project& project) {
  json::object body{{"project_id", to_text(project.project_id)},
                    {"name", project.name},
                    {"state", project.state},
                    {"instructions", project.instructions}};
  if (!project.settings.empty()) body["settings"] = json::parse(project.settings);
  body["template_version"] = project.template_version;
  body["created_at"] = to_text(project.created_at);
  body["version"] = project.version;
  return body;
}

Response with_etag(const app::Project& project) {
  Response response = json_response(to_json(project));
  response.set("ETag", etag(project.version));
  return response;
}

Response created_project(const app::Project& project) {
  Response response = created("/api/v1/projects/" + to_text(project.project_id), to_json(project));
  response.set("ETag", etag(project.version));
  return response;
}

Result<Response> create_project(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::CreateProject command;
  MIZAN_TRY(command.name, fields.text("name"));
  MIZAN_TRY(auto instructions, fields.maybe_text("instructions"));
  command.instructions = std::move(instructions).value_or("");
  MIZAN_TRY(const json::object* settings, fields.maybe_object("settings"));
  if (settings != nullptr) command.settings = *settings;
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto project, app::create_project(service, call.caller(), command));
  return created_project(project);
}

Result<Response> list_projects(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  MIZAN_TRY(const auto after, after_id<domain::ProjectId>(page));
  MIZAN_TRY(const auto projects,
            app::list_projects(service, call.caller(),
                               {.after = after, .limit = static_cast<std::int64_t>(page.limit)}));
  return id_page(projects, page, to_json, [](const auto& row) { return row.project_id; });
}

Result<Response> read_project(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto project, app::read_project(service, call.caller(), id));
  return with_etag(project);
}

Result<Response> update_project(app::Service& service, Call& call) {
  app::UpdateProject command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.name, fields.maybe_text("name"));
  MIZAN_TRY(command.instructions, fields.maybe_text("instructions"));
  MIZAN_TRY(const json::object* settings, fields.maybe_object("settings"));
  if (settings != nullptr) command.settings = *settings;
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto project, app::update_project(service, call.caller(), command));
  return with_etag(project);
}

template <app::ProjectStep kStep>
Result<Response> step_project(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto project, app::step_project(service, call.caller(), id, kStep));
  return with_etag(project);
}

Result<Response> clone_project(app::Service& service, Call& call) {
  app::CloneProject command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.name, fields.text("name"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto project, app::clone_project(service, call.caller(), command));
  return created_project(project);
}

Result<Response> read_blueprint(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(auto blueprint, app::read_blueprint(service, call.caller(), id));
  return json_text_response(std::move(blueprint));
}

json::array to_json(const std::vector<store::SupplierCount>& counts) {
  json::array list;
  for (const auto& each : counts) {
    list.push_back({{"supplier_id", to_text(each.supplier_id)},
                    {"state", each.state},
                    {"assignment_count", each.assignment_count}});
  }
  return list;
}

Result<Response> read_progress(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto progress, app::read_progress(service, call.caller(), id));
  return json_response(
      json::object{{"tasks", counts_json(progress.tasks)}, {"assignments", to_json(progress.suppliers)}});
}

}  // namespace

void add_project_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/projects";
  const std::string one = all + "/{project_id}";
  router.add(
      {Method::post, all, "create_project", rules::Action::create_project, bind(service, create_project)});
  router.add({Method::get, all, "list_projects", rules::Action::list_projects, bind(service, list_projects)});
  router.add({Method::get, one, "read_project", rules::Action::read_project, bind(service, read_project)});
  router.add(
      {Method::patch, one, "update_project", rules::Action::change_project, bind(service, update_project)});
  router.add({Method::post, one + ":pause", "pause_project", rules::Action::change_project,
              bind(service, step_project<app::ProjectStep::pause>)});
  router.add({Method::post, one + ":resume", "resume_project", rules::Action::change_project,
              bind(service, step_project<app::ProjectStep::resume>)});
  router.add({Method::post, one + ":archive", "archive_project", rules::Action::change_project,
              bind(service, step_project<app::ProjectStep::archive>)});
  router.add({Method::post, one + ":clone", "clone_project", rules::Action::clone_project,
              bind(service, clone_project)});
  router.add({Method::get, one + "/blueprint", "read_blueprint", rules::Action::clone_project,
              bind(service, read_blueprint)});
  router.add({Method::get, one + "/progress", "read_progress", rules::Action::read_progress,
              bind(service, read_progress)});
}

}  // namespace mizan::http
