// The table of a project's tasks: …/task_table.
#include "mizan/app/tasks/task_table.h"

#include <charconv>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/tasks/task_places.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/insight/insight_json.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object row_json(const store::TaskTableRow& row, const app::TaskTable& table) {
  json::object body{{"task_id", to_text(row.task_id)},
                    {"external_id", row.external_id},
                    {"state", row.state},
                    {"priority", row.priority},
                    {"domain", row.domain},
                    {"language", row.language},
                    {"batch_id", nullptr},
                    {"wanted_count", row.wanted_count},
                    {"live_count", row.live_count},
                    {"done_count", row.done_count},
                    {"created_at", to_text(row.created_at)},
                    {"answer", nullptr},
                    {"confidence", maybe_number(row.confidence)},
                    {"top_share", maybe_number(row.top_share)},
                    {"label_count", row.label_count},
                    {"basis", nullptr}};
  if (row.batch) body["batch_id"] = to_text(*row.batch);
  if (row.class_code) body["answer"] = class_name(*table.classes, table.question, *row.class_code);
  if (!row.basis.empty()) body["basis"] = row.basis;
  return body;
}

// A cursor is "<task id>", or "<task id>.<bin>" where confidence orders; ids hold no dot.
std::string cursor_of(const store::TaskPlace& place, bool by_confidence) {
  std::string text = to_text(place.task);
  if (!by_confidence) return text;
  return text + "." + std::to_string(place.confidence_bin);
}

Result<store::TaskPlace> place_of(const std::string& cursor, bool by_confidence) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid_argument, "this is no cursor of this list in this order", "after");
  };
  store::TaskPlace place;
  const std::size_t dot = cursor.find('.');
  const auto task = parse_id<domain::TaskId>(cursor.substr(0, dot));
  if (!task || by_confidence != (dot != std::string::npos)) return wrong();
  place.task = *task;
  if (!by_confidence) return place;
  const char* end = cursor.data() + cursor.size();
  const auto [stop, error] = std::from_chars(cursor.data() + dot + 1, end, place.confidence_bin);
  if (error != std::errc() || stop != end) return wrong();
  return place;
}

Result<bool> order_query(const Request& request) {
  const auto order = request.query_value("order").value_or("task");
  if (order != "task" && order != "confidence")
    return fail(ErrorCode::invalid_argument, "there is no such order", "order", "task or confidence");
  return order == "confidence";
}

Result<app::BrowseTasks> browse_query(Call& call, const PageQuery& page) {
  const Request& request = call.request;
  app::BrowseTasks query;
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(query.least_certain_first, order_query(request));
  if (page.after) {
    MIZAN_TRY(query.after, place_of(*page.after, query.least_certain_first));
  }
  store::TaskTableFilter& filter = query.filter;
  MIZAN_TRY(filter.project, path_id<domain::ProjectId>(call, "project_id"));
  filter.question = request.query_value("question").value_or("");
  filter.state = request.query_value("state").value_or("");
  filter.domain = request.query_value("domain").value_or("");
  filter.language = request.query_value("language").value_or("");
  filter.search = request.query_value("search").value_or("");
  MIZAN_TRY(filter.batch, query_id<domain::BatchId>(request, "batch_id"));
  MIZAN_TRY(filter.supplier, query_id<domain::SupplierId>(request, "supplier_id"));
  MIZAN_TRY(filter.annotator, query_id<domain::AnnotatorId>(request, "annotator_id"));
  MIZAN_TRY(filter.confidence_from, query_share(request, "confidence_from", -1));
  MIZAN_TRY(filter.confidence_below, query_share(request, "confidence_below", 2));
  MIZAN_TRY(filter.top_share_below, query_share(request, "top_share_below", 2));
  return query;
}

Result<Response> browse_tasks(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "order", "question", "state", "domain",
                                           "language", "search", "batch_id", "supplier_id", "annotator_id",
                                           "confidence_from", "confidence_below", "top_share_below"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  MIZAN_TRY(const auto query, browse_query(call, page));
  MIZAN_TRY(const auto table, app::browse_tasks(service, call.caller(), query));
  json::array data;
  data.reserve(table.rows.size());
  for (const store::TaskTableRow& row : table.rows) data.emplace_back(row_json(row, table));
  json::object body{{"question", nullptr}, {"data", std::move(data)}, {"next", nullptr}};
  if (!table.question.empty()) body["question"] = table.question;
  if (table.next) body["next"] = cursor_of(*table.next, query.least_certain_first);
  return json_response(body);
}

Result<Response> list_task_places(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto found, app::list_task_places(service, call.caller(), project));
  json::array places;
  places.reserve(found->places.size());
  for (const domain::TaskId task : found->places)
    places.emplace_back(cursor_of({.task = task}, /*by_confidence=*/false));
  return json_response(json::object{
      {"task_count", found->task_count}, {"apart", app::TaskPlaces::kApart}, {"places", std::move(places)}});
}

}  // namespace

void add_task_table_routes(Router& router, app::Service& service) {
  router.add({Method::get, "/api/v1/projects/{project_id}/task_table", "browse_tasks",
              rules::Action::list_tasks, bind(service, browse_tasks)});
  router.add({Method::get, "/api/v1/projects/{project_id}/task_table/places", "list_task_places",
              rules::Action::list_tasks, bind(service, list_task_places)});
}

}  // namespace mizan::http
