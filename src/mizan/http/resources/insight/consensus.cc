// Consensus and quality: …/consensus, …/tasks/{task_id}/consensus, …/quality.
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/quality/read_consensus.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/insight/insight_json.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object posterior_json(const app::ProjectClasses& classes, const std::string& question,
                            std::span<const double> posterior) {
  json::object body;
  for (std::size_t k = 0; k < posterior.size(); ++k)
    body[app::class_name(classes, question, static_cast<std::int64_t>(k))] = posterior[k];
  return body;
}

json::object to_json(const store::ConsensusRow& row, const app::ProjectClasses& classes) {
  return {{"task_id", to_text(row.task)},
          {"question", row.question},
          {"answer", app::class_name(classes, row.question, row.class_code)},
          {"confidence", row.confidence},
          {"posterior", posterior_json(classes, row.question, row.posterior)},
          {"raw_posterior", posterior_json(classes, row.question, row.raw_posterior)},
          {"top_share", row.top_share},
          {"label_count", row.label_count},
          {"basis", row.basis},
          {"model_version", row.model_version},
          {"updated_at", to_text(row.updated_at)}};
}

// A cursor is "<task id>.<question>": questions may hold any character, ids hold no dot.
Result<store::ConsensusPage> consensus_page(const PageQuery& page) {
  store::ConsensusPage wanted{{}, {}, static_cast<std::int64_t>(page.limit)};
  if (!page.after) return wanted;
  const std::size_t dot = page.after->find('.');
  auto task = parse_id<domain::TaskId>(page.after->substr(0, dot));
  if (dot == std::string::npos || !task)
    return fail(ErrorCode::invalid_argument, "this is no cursor of this list", "after");
  wanted.after_task = *task;
  wanted.after_question = page.after->substr(dot + 1);
  return wanted;
}

Result<Response> list_consensus(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "question", "state", "confidence_from",
                                           "confidence_below", "top_share_below"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListConsensus query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.page, consensus_page(page));
  query.filter.question = call.request.query_value("question").value_or("");
  query.filter.state = call.request.query_value("state").value_or("");
  MIZAN_TRY(query.filter.confidence_from, query_share(call.request, "confidence_from", 0));
  MIZAN_TRY(query.filter.confidence_below, query_share(call.request, "confidence_below", 2));
  MIZAN_TRY(query.filter.top_share_below, query_share(call.request, "top_share_below", 2));
  MIZAN_TRY(const auto list, app::list_consensus(service, call.caller(), query));
  json::array data;
  for (const store::ListedConsensus& each : list.rows) {
    json::object body = to_json(each.row, *list.classes);
    body["external_id"] = each.external_id;
    body["state"] = each.state;
    data.emplace_back(std::move(body));
  }
  std::optional<std::string> next;
  if (!list.rows.empty() && list.rows.size() == page.limit)
    next = to_text(list.rows.back().row.task) + "." + list.rows.back().row.question;
  return page_response(std::move(data), next);
}

Result<Response> read_task_consensus(app::Service& service, Call& call) {
  store::TaskKey task{};
  MIZAN_TRY(task.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(task.task, path_id<domain::TaskId>(call, "task_id"));
  MIZAN_TRY(const auto found, app::read_task_consensus(service, call.caller(), task));
  json::array data;
  for (std::size_t i = 0; i < found.rows.size(); ++i) {
    const store::ConsensusRow& row = found.rows[i];
    json::object body = to_json(row, *found.classes);
    json::array moves;
    for (const app::BeliefMove& move : found.moves[i])
      moves.push_back({{"annotation_id", to_text(move.label.annotation)},
                       {"annotator_id", to_text(move.label.annotator)},
                       {"supplier_id", to_text(move.label.supplier)},
                       {"label", app::class_name(*found.classes, row.question, move.label.class_code)},
                       {"answer", app::class_name(*found.classes, row.question, move.belief.class_code)},
                       {"confidence", move.belief.confidence},
                       {"posterior", posterior_json(*found.classes, row.question, move.belief.calibrated)}});
    body["moves"] = std::move(moves);
    data.emplace_back(std::move(body));
  }
  return json_response(json::object{{"task_id", to_text(task.task)}, {"questions", std::move(data)}});
}

Result<Response> read_quality(app::Service& service, Call& call) {
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto questions, app::read_quality(service, call.caller(), project));
  json::array data;
  for (const app::QuestionQuality& each : questions)
    data.push_back({{"question", each.summary.question},
                    {"task_count", each.summary.task_count},
                    {"label_count", each.summary.label_count},
                    {"accuracy", each.accuracy},
                    {"accuracy_interval", json::array{each.accuracy_low, each.accuracy_high}},
                    {"mean_top_share", each.summary.mean_top_share},
                    {"model_version", each.model_version},
                    {"error_correlation", each.error_correlation}});
  return json_response(json::object{{"questions", std::move(data)}});
}

}  // namespace

void add_consensus_routes(Router& router, app::Service& service) {
  const std::string project = "/api/v1/projects/{project_id}";
  router.add({Method::get, project + "/consensus", "list_consensus", rules::Action::read_consensus,
              bind(service, list_consensus)});
  router.add({Method::get, project + "/tasks/{task_id}/consensus", "read_task_consensus",
              rules::Action::read_consensus, bind(service, read_task_consensus)});
  router.add({Method::get, project + "/quality", "read_quality", rules::Action::read_quality,
              bind(service, read_quality)});
}

}  // namespace mizan::http
