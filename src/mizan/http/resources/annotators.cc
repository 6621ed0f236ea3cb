// Annotators: /api/v1/suppliers/{supplier_id}/annotators and /api/v1/annotators.
#include "mizan/app/projects/annotators.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::array list_of(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

json::object to_json(const app::Annotator& annotator) {
  return {{"annotator_id", to_text(annotator.annotator_id)},
          {"supplier_id", to_text(annotator.supplier_id)},
          {"contributor_id", annotator.contributor_id},
          {"name", annotator.name.empty() ? json::value() : json::value(annotator.name)},
          {"state", annotator.state},
          {"languages", list_of(annotator.languages)},
          {"domains", list_of(annotator.domains)},
          {"teams", list_of(annotator.teams)},
          {"created_at", to_text(annotator.created_at)},
          {"version", annotator.version}};
}

Response with_etag(const app::Annotator& annotator) {
  Response response = json_response(to_json(annotator));
  response.set("ETag", etag(annotator.version));
  return response;
}

Result<Response> create_annotator(app::Service& service, Call& call) {
  app::CreateAnnotator command;
  MIZAN_TRY(command.supplier_id, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.contributor_id, fields.text("contributor_id"));
  MIZAN_TRY(auto languages, fields.maybe_texts("languages"));
  MIZAN_TRY(auto domains, fields.maybe_texts("domains"));
  MIZAN_TRY(auto teams, fields.maybe_texts("teams"));
  MIZAN_CHECK_OK(fields.nothing_else());
  if (languages) command.languages = *std::move(languages);
  if (domains) command.domains = *std::move(domains);
  if (teams) command.teams = *std::move(teams);
  MIZAN_TRY(const auto annotator, app::create_annotator(service, call.caller(), command));
  Response response = created("/api/v1/annotators/" + to_text(annotator.annotator_id), to_json(annotator));
  response.set("ETag", etag(annotator.version));
  return response;
}

Result<Response> list_annotators(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListAnnotators query;
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(query.supplier_id, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_TRY(query.after, after_id<domain::AnnotatorId>(page));
  MIZAN_TRY(const auto annotators, app::list_annotators(service, call.caller(), query));
  return id_page(annotators, page, to_json, [](const auto& row) { return row.annotator_id; });
}

Result<Response> read_annotator(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AnnotatorId>(call, "annotator_id"));
  MIZAN_TRY(const auto annotator, app::read_annotator(service, call.caller(), id));
  return with_etag(annotator);
}

Result<Response> update_annotator(app::Service& service, Call& call) {
  app::UpdateAnnotator command;
  MIZAN_TRY(command.annotator_id, path_id<domain::AnnotatorId>(call, "annotator_id"));
  MIZAN_TRY(command.version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.languages, fields.maybe_texts("languages"));
  MIZAN_TRY(command.domains, fields.maybe_texts("domains"));
  MIZAN_TRY(command.teams, fields.maybe_texts("teams"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto annotator, app::update_annotator(service, call.caller(), command));
  return with_etag(annotator);
}

Result<Response> suspend_annotator(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AnnotatorId>(call, "annotator_id"));
  MIZAN_TRY(const auto annotator, app::suspend_annotator(service, call.caller(), id));
  return with_etag(annotator);
}

Result<Response> resume_annotator(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AnnotatorId>(call, "annotator_id"));
  MIZAN_TRY(const auto annotator, app::resume_annotator(service, call.caller(), id));
  return with_etag(annotator);
}

}  // namespace

void add_annotator_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/suppliers/{supplier_id}/annotators";
  const std::string one = "/api/v1/annotators/{annotator_id}";
  router.add({Method::post, all, "create_annotator", rules::Action::create_annotator,
              bind(service, create_annotator)});
  router.add(
      {Method::get, all, "list_annotators", rules::Action::list_annotators, bind(service, list_annotators)});
  router.add(
      {Method::get, one, "read_annotator", rules::Action::read_annotator, bind(service, read_annotator)});
  router.add({Method::patch, one, "update_annotator", rules::Action::change_annotator,
              bind(service, update_annotator)});
  router.add({Method::post, one + ":suspend", "suspend_annotator", rules::Action::change_annotator,
              bind(service, suspend_annotator)});
  router.add({Method::post, one + ":resume", "resume_annotator", rules::Action::change_annotator,
              bind(service, resume_annotator)});
}

}  // namespace mizan::http
