// Import of another supplier's annotations: …/suppliers/{supplier_id}/annotations:import.
#include <boost/json.hpp>

#include "mizan/app/imports/import_annotations.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyLimitBytes = 4UL << 30;

Result<Response> import_annotations(app::Service& service, Call& call) {
  app::ImportAnnotations command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.supplier, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_CHECK_OK(
      app::may_import_annotations(call.caller(), {.project = command.project, .supplier = command.supplier}));
  const auto format = dataset::task_format_of_media_type(call.request.header("Content-Type").value_or(""));
  if (!format)
    return fail(ErrorCode::unsupported_media_type, "the body is not of a kind that annotations come in",
                "Content-Type", "application/x-ndjson, text/csv or application/vnd.apache.parquet");
  command.format = *format;
  command.read = [reader = call.request.body_reader](std::span<char> buffer) { return reader->read(buffer); };
  MIZAN_TRY(const auto done, app::import_annotations(service, call.caller(), command));
  json::array errors;
  for (const app::RowError& each : done.errors)
    errors.push_back({{"line", each.line},
                      {"code", error_name(each.error.code)},
                      {"detail", each.error.message},
                      {"where", each.error.where},
                      {"hint", each.error.hint}});
  return json_response(json::object{{"taken_count", done.taken_count},
                                    {"unchanged_count", done.unchanged_count},
                                    {"refused_count", done.refused_count},
                                    {"errors", std::move(errors)}});
}

}  // namespace

void add_annotation_import_routes(Router& router, app::Service& service) {
  Route route{Method::post, "/api/v1/projects/{project_id}/suppliers/{supplier_id}/annotations:import",
              "import_annotations", rules::Action::import_annotations, bind(service, import_annotations)};
  route.body = BodyMode::streamed;
  route.body_limit_bytes = kBodyLimitBytes;
  router.add(std::move(route));
}

}  // namespace mizan::http
