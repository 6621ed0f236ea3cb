// A project at a glance, and its audit report: …/overview, …/report, …/report_page.
#include "mizan/app/quality/overview.h"

#include <cmath>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/quality/project_report.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/insight/insight_json.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kMostDays = 366;

Result<Response> read_overview(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"days"}));
  app::ReadOverview query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto wanted_days, query_integer(call.request, "days", {1, kMostDays}));
  query.day_count = wanted_days.value_or(query.day_count);
  MIZAN_TRY(const auto overview, app::read_overview(service, call.caller(), query));
  json::array days;
  for (const store::DayCount& each : overview.days)
    days.push_back({{"day", to_text(Instant{each.day * kDayUs}).substr(0, 10)},
                    {"supplier_id", to_text(each.supplier)},
                    {"annotation_count", each.annotation_count},
                    {"annotator_count", each.annotator_count}});
  json::array spend;
  for (const store::SupplierSpend& each : overview.spend)
    spend.push_back({{"supplier_id", to_text(each.supplier)},
                     {"currency", each.currency},
                     {"annotation_count", each.annotation_count},
                     {"priced_count", each.priced_count},
                     {"price_micros", each.price_micros}});
  json::array confidence;
  for (const app::ConfidenceBins& each : overview.confidence)
    confidence.push_back({{"question", each.question}, {"task_counts", json::value_from(each.task_counts)}});
  json::object body{{"days", std::move(days)},
                    {"spend", std::move(spend)},
                    {"confidence", std::move(confidence)},
                    {"to_go", nullptr}};
  if (overview.to_go)
    body["to_go"] = json::object{
        {"annotation_count", std::llround(overview.to_go->count.expected)},
        {"annotation_count_interval",
         json::array{std::llround(overview.to_go->count.low), std::llround(overview.to_go->count.high)}},
        {"target_posterior", maybe_number(overview.to_go->target_posterior)}};
  return json_response(body);
}

Result<Response> read_report(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto report, app::read_project_report(service, call.caller(), project));
  return json_text_response(app::project_report_json(*report));
}

// A download and no page of this server: its scripts must not run with a session's cookies beside them.
Result<Response> download_report(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto report, app::read_project_report(service, call.caller(), project));
  Response response = json_text_response(app::project_report_page(*report));
  response.set("Content-Type", "text/html; charset=utf-8");
  response.set("Content-Disposition", "attachment; filename=\"mizan-report-" + to_text(project) + ".html\"");
  return response;
}

}  // namespace

void add_overview_routes(Router& router, app::Service& service) {
  const std::string project = "/api/v1/projects/{project_id}";
  router.add({Method::get, project + "/overview", "read_overview", rules::Action::read_progress,
              bind(service, read_overview)});
  router.add({Method::get, project + "/report", "read_report", rules::Action::read_scorecards,
              bind(service, read_report)});
  router.add({Method::get, project + "/report_page", "download_report", rules::Action::read_scorecards,
              bind(service, download_report)});
}

}  // namespace mizan::http
