// Gold: /api/v1/projects/{project_id}/gold and /api/v1/projects/{project_id}/tasks/{task_id}/gold.
#include "mizan/app/work/gold.h"

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object gold_json(const store::GoldAnswerRow& gold) {
  return {{"project_id", to_text(gold.project_id)}, {"task_id", to_text(gold.task_id)},
          {"answers", json::parse(gold.answers)},   {"explanation", gold.explanation},
          {"concept", gold.concept_name},           {"difficulty", gold.difficulty},
          {"created_at", to_text(gold.created_at)}};
}

Result<Response> list_gold(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListGold query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.after, after_id<domain::TaskId>(page));
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto gold, app::list_gold(service, call.caller(), query));
  return id_page(gold, page, gold_json, [](const auto& row) { return row.task_id; });
}

Result<Response> read_gold(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_TRY(const auto gold, app::read_gold(service, call.caller(), project, task));
  return json_response(gold_json(gold));
}

Result<Response> set_gold(app::Service& service, Call& call) {
  app::SetGold command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  const json::value* answers = fields.maybe_value("answers");
  if (answers == nullptr) return fail(ErrorCode::invalid_argument, "the answers are missing", "/answers");
  command.answers = *answers;
  MIZAN_TRY(const auto explanation, fields.maybe_text("explanation"));
  command.explanation = explanation.value_or("");
  MIZAN_TRY(const auto concept_name, fields.maybe_text("concept"));
  command.concept_name = concept_name.value_or("");
  MIZAN_TRY(const auto difficulty, fields.maybe_integer("difficulty"));
  command.difficulty = difficulty.value_or(0);
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto gold, app::set_gold(service, call.caller(), command));
  return json_response(gold_json(gold));
}

Result<Response> unset_gold(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_CHECK_OK(app::unset_gold(service, call.caller(), project, task));
  return no_content();
}

}  // namespace

void add_gold_routes(Router& router, app::Service& service) {
  using rules::Action;
  const std::string of_project = "/api/v1/projects/{project_id}";
  const std::string one = of_project + "/tasks/{task_id}/gold";
  router.add({Method::get, of_project + "/gold", "list_gold", Action::read_gold, bind(service, list_gold)});
  router.add({Method::get, one, "read_gold", Action::read_gold, bind(service, read_gold)});
  router.add({Method::put, one, "set_gold", Action::change_gold, bind(service, set_gold)});
  router.add({Method::del, one, "unset_gold", Action::change_gold, bind(service, unset_gold)});
}

}  // namespace mizan::http
