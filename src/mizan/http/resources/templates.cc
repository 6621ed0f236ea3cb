// Template versions of a project: /api/v1/projects/{project_id}/templates.
#include "mizan/app/projects/templates.h"

#include <charconv>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/imports/import_template.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object to_json(const app::TemplateVersion& version) {
  json::object body{{"project_id", to_text(version.project_id)},
                    {"template_version", version.template_version},
                    {"created_at", to_text(version.created_at)}};
  if (!version.document.empty()) body["document"] = json::parse(version.document);
  return body;
}

Result<Response> append_template(app::Service& service, Call& call) {
  app::AppendTemplate command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_CHECK_OK(json_object_body(call.request));
  command.document = call.request.body;
  MIZAN_TRY(const auto version, app::append_template(service, call.caller(), command));
  return created("/api/v1/projects/" + to_text(version.project_id) + "/templates/" +
                     std::to_string(version.template_version),
                 to_json(version));
}

json::object problem_json(std::string_view part, const Error& error) {
  return {{"part", part},
          {"code", error_name(error.code)},
          {"detail", error.message},
          {"where", error.where},
          {"hint", error.hint}};
}

Result<Response> check_template(app::Service&, Call& call) {
  app::CheckTemplate query;
  MIZAN_TRY(query.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  const json::value* document = fields.maybe_value("document");
  if (document == nullptr) return fail(ErrorCode::invalid_argument, "the document is missing", "/document");
  query.document = json::serialize(*document);
  if (const json::value* payload = fields.maybe_value("payload")) query.payload = json::serialize(*payload);
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto found, app::check_template(call.caller(), query));
  json::array problems;
  if (found.document) problems.emplace_back(problem_json("document", *found.document));
  if (found.payload) problems.emplace_back(problem_json("payload", *found.payload));
  return json_response(json::object{{"problems", std::move(problems)}});
}

Result<Response> import_label_studio_template(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"preview"}));
  const std::string_view type = call.request.header("Content-Type").value_or("");
  if (!type.starts_with("application/xml") && !type.starts_with("text/xml"))
    return fail(ErrorCode::unsupported_media_type, "a labelling configuration is XML", "Content-Type",
                "application/xml");
  app::ImportTemplate command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.preview_only, query_flag(call.request, "preview"));
  command.xml = call.request.body;
  MIZAN_TRY(const auto imported, app::import_template(service, call.caller(), command));
  json::array notes;
  for (const std::string& note : imported.notes) notes.emplace_back(note);
  if (command.preview_only)
    return json_response(
        json::object{{"document", json::parse(imported.version.document)}, {"notes", notes}});
  json::object body = to_json(imported.version);
  body["notes"] = std::move(notes);
  return created("/api/v1/projects/" + to_text(imported.version.project_id) + "/templates/" +
                     std::to_string(imported.version.template_version),
                 body);
}

Result<Response> list_template_versions(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto versions, app::list_template_versions(service, call.caller(), id));
  json::array data;
  for (const auto& version : versions) data.push_back(to_json(version));
  return page_response(std::move(data), std::nullopt);
}

Result<std::optional<std::int64_t>> wanted_version(const std::string& text) {
  if (text == "latest") return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 1) {
    return fail(ErrorCode::not_found, "there is no template version like this", "template_version");
  }
  return std::optional(number);
}

Result<Response> read_template(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto number, wanted_version(call.parameter("template_version")));
  MIZAN_TRY(const auto version, app::read_template(service, call.caller(), id, number));
  return json_response(to_json(version));
}

Result<Response> list_question_classes(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto classes, app::list_question_classes(service, call.caller(), id));
  json::array data;
  for (const auto& each : classes) {
    data.push_back(
        {{"question", each.question}, {"class_code", each.class_code}, {"class", each.class_name}});
  }
  return page_response(std::move(data), std::nullopt);
}

}  // namespace

void add_template_routes(Router& router, app::Service& service) {
  const std::string project = "/api/v1/projects/{project_id}";
  router.add({Method::post, project + "/templates", "append_template", rules::Action::change_template,
              bind(service, append_template)});
  router.add({Method::post, project + "/templates:check", "check_template", rules::Action::change_template,
              bind(service, check_template)});
  router.add({Method::post, project + "/templates:from_label_studio", "import_label_studio_template",
              rules::Action::change_template, bind(service, import_label_studio_template)});
  router.add({Method::get, project + "/templates", "list_template_versions", rules::Action::read_template,
              bind(service, list_template_versions)});
  router.add({Method::get, project + "/templates/{template_version}", "read_template",
              rules::Action::read_template, bind(service, read_template)});
  router.add({Method::get, project + "/question_classes", "list_question_classes",
              rules::Action::read_template, bind(service, list_question_classes)});
}

}  // namespace mizan::http
