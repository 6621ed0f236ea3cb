// Exports: …/annotations:export and …/consensus:export, files that are made while they are sent.
#include <memory>
#include <string>
#include <utility>

#include "mizan/app/exports/export_annotations.h"
#include "mizan/app/exports/export_consensus.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

class ExportSource final : public BodySource {
 public:
  explicit ExportSource(std::unique_ptr<app::RowExport> rows) : rows_(std::move(rows)) {}
  Result<bool> next(std::string& piece) override { return rows_->next(piece); }

 private:
  std::unique_ptr<app::RowExport> rows_;
};

Response file_response(std::unique_ptr<app::RowExport> rows, std::string_view name,
                       dataset::RowFormat format) {
  Response response;
  response.set("Content-Type", dataset::media_type_of(format));
  response.set("Content-Disposition", "attachment; filename=\"" + std::string(name) + "." +
                                          std::string(dataset::row_format_name(format)) + "\"");
  response.source = std::make_unique<ExportSource>(std::move(rows));
  return response;
}

Result<Response> export_annotations(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"format", "newest"}));
  app::ExportAnnotations command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.format, app::export_format(call.request.query_value("format").value_or("jsonl")));
  MIZAN_TRY(command.newest_only, query_flag(call.request, "newest"));
  MIZAN_TRY(auto rows, app::export_annotations(service, call.caller(), command));
  return file_response(std::move(rows), "annotations", command.format);
}

Result<Response> export_consensus(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"format", "question", "state"}));
  app::ExportConsensus command;
  MIZAN_TRY(command.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(command.format, app::export_format(call.request.query_value("format").value_or("jsonl")));
  command.filter.question = call.request.query_value("question").value_or("");
  command.filter.state = call.request.query_value("state").value_or("");
  MIZAN_TRY(auto rows, app::export_consensus(service, call.caller(), command));
  return file_response(std::move(rows), "consensus", command.format);
}

}  // namespace

void add_export_routes(Router& router, app::Service& service) {
  const std::string project = "/api/v1/projects/{project_id}";
  router.add({Method::get, project + "/annotations:export", "export_annotations",
              rules::Action::export_annotations, bind(service, export_annotations)});
  router.add({Method::get, project + "/consensus:export", "export_consensus", rules::Action::export_consensus,
              bind(service, export_consensus)});
}

}  // namespace mizan::http
