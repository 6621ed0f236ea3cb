// Batches: /api/v1/projects/{project_id}/batches.
#include "mizan/app/projects/batches.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/counts.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object to_json(const app::Batch& batch) {
  json::object body{{"project_id", to_text(batch.project_id)},
                    {"batch_id", to_text(batch.batch_id)},
                    {"name", batch.name},
                    {"kind", batch.kind},
                    {"state", batch.state},
                    {"supplier_id", nullptr},
                    {"priority", batch.priority},
                    {"created_at", to_text(batch.created_at)},
                    {"version", batch.version}};
  if (batch.supplier_id) body["supplier_id"] = to_text(*batch.supplier_id);
  return body;
}

Response with_etag(const app::Batch& batch) {
  Response response = json_response(to_json(batch));
  response.set("ETag", etag(batch.version));
  return response;
}

Result<app::BatchKey> key_of(const Call& call) {
  MIZAN_TRY(const auto project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto batch_id, path_id<domain::BatchId>(call, "batch_id"));
  return app::BatchKey{.project_id = project_id, .batch_id = batch_id};
}

Result<Response> create_batch(app::Service& service, Call& call) {
  app::CreateBatch command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.name, fields.text("name"));
  MIZAN_TRY(auto kind, fields.maybe_text("kind"));
  if (kind) command.kind = *std::move(kind);
  MIZAN_TRY(command.supplier_id, fields.maybe_id<domain::SupplierId>("supplier_id"));
  MIZAN_TRY(const auto priority, fields.maybe_integer("priority"));
  command.priority = priority.value_or(0);
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto batch, app::create_batch(service, call.caller(), command));
  Response response =
      created("/api/v1/projects/" + to_text(batch.project_id) + "/batches/" + to_text(batch.batch_id),
              to_json(batch));
  response.set("ETag", etag(batch.version));
  return response;
}

Result<Response> list_batches(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListBatches query;
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(query.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.after, after_id<domain::BatchId>(page));
  MIZAN_TRY(const auto batches, app::list_batches(service, call.caller(), query));
  return id_page(batches, page, to_json, [](const auto& row) { return row.batch_id; });
}

Result<Response> read_batch(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto batch, app::read_batch(service, call.caller(), key));
  return with_etag(batch);
}

Result<Response> update_batch(app::Service& service, Call& call) {
  app::UpdateBatch command;
  MIZAN_TRY(command.key, key_of(call));
  MIZAN_TRY(command.version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.name, fields.maybe_text("name"));
  MIZAN_TRY(command.priority, fields.maybe_integer("priority"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto batch, app::update_batch(service, call.caller(), command));
  return with_etag(batch);
}

template <rules::BatchStep kStep>
Result<Response> step_batch(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto batch, app::step_batch(service, call.caller(), key, kStep));
  return with_etag(batch);
}

Result<Response> put_tasks(app::Service& service, Call& call) {
  app::PutTasks command;
  MIZAN_TRY(command.key, key_of(call));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.tasks, fields.ids<domain::TaskId>("tasks"));
  MIZAN_TRY(const auto limit, fields.maybe_integer("unbatched_limit"));
  command.unbatched_limit = limit.value_or(0);
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto count, app::put_tasks_into_batch(service, call.caller(), command));
  return json_response(json::object{{"task_count", count}});
}

Result<Response> read_batch_progress(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto counts, app::count_batch_tasks(service, call.caller(), key));
  return json_response(json::object{{"tasks", counts_json(counts)}});
}

template <rules::BatchStep kStep>
void add_step(Router& router, app::Service& service) {
  const std::string step(rules::to_text(kStep));
  router.add({Method::post, "/api/v1/projects/{project_id}/batches/{batch_id}:" + step, step + "_batch",
              rules::Action::change_batch, bind(service, step_batch<kStep>)});
}

}  // namespace

void add_batch_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/projects/{project_id}/batches";
  const std::string one = all + "/{batch_id}";
  router.add({Method::post, all, "create_batch", rules::Action::create_batch, bind(service, create_batch)});
  router.add({Method::get, all, "list_batches", rules::Action::list_batches, bind(service, list_batches)});
  router.add({Method::get, one, "read_batch", rules::Action::read_batch, bind(service, read_batch)});
  router.add({Method::patch, one, "update_batch", rules::Action::change_batch, bind(service, update_batch)});
  add_step<rules::BatchStep::stage>(router, service);
  add_step<rules::BatchStep::start>(router, service);
  add_step<rules::BatchStep::pause>(router, service);
  add_step<rules::BatchStep::resume>(router, service);
  add_step<rules::BatchStep::finish>(router, service);
  add_step<rules::BatchStep::cancel>(router, service);
  router.add({Method::post, one + "/tasks", "put_tasks_into_batch", rules::Action::change_batch,
              bind(service, put_tasks)});
  router.add({Method::get, one + "/progress", "read_batch_progress", rules::Action::read_batch,
              bind(service, read_batch_progress)});
}

}  // namespace mizan::http
