// Scorecards: …/suppliers/scorecards and …/annotators/scorecards of a project.
#include "mizan/app/quality/scorecards.h"

#include <string>
#include <utility>

#include <boost/json.hpp>

#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/insight/insight_json.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::value share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? json::value(static_cast<double>(part) / static_cast<double>(whole))
                   : json::value(nullptr);
}

json::object to_json(const app::Scorecard& card) {
  const auto& figures = card.figures;
  json::object body = accuracy_json(card.accuracy);
  const json::object rest{
      {"supplier_id", to_text(card.supplier)},
      {"annotator_id", nullptr},
      {"annotation_count", figures.annotation_count},
      {"reviewed_count", figures.reviewed_count},
      {"rework_rate", share(figures.sent_back_count, figures.reviewed_count)},
      {"mean_seconds", figures.mean_duration_us ? json::value(*figures.mean_duration_us / 1e6) : nullptr},
      {"currency", card.currency},
      {"cost", number(card.cost.cost)},
      {"price_per_annotation", number(card.cost.price_per_label)},
      {"cost_per_accepted_correct_label", number(card.cost_per_accepted_correct.value)},
      {"cost_per_accepted_correct_label_interval", interval_json(card.cost_per_accepted_correct.interval)},
      {"moved_label_count", card.moved_label_count},
      {"moved_right_label_count", card.moved_right_label_count},
      {"drift", nullptr},
      {"flags", json::value_from(card.flags)}};
  for (const auto& member : rest) body[member.key()] = member.value();
  if (card.annotator) body["annotator_id"] = to_text(*card.annotator);
  if (card.drift) body["drift"] = json::object{{"change", card.drift->change}, {"z", card.drift->z}};
  return body;
}

Result<std::shared_ptr<const app::Scorecards>> cards_of(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"question"}));
  MIZAN_TRY(const auto project, path_id<domain::ProjectId>(call, "project_id"));
  const std::string question(call.request.query_value("question").value_or(""));
  return app::read_scorecards(service, call.caller(), project, question);
}

Result<Response> list_supplier_scorecards(app::Service& service, Call& call) {
  MIZAN_TRY(const auto cards, cards_of(service, call));
  json::array suppliers;
  for (const app::Scorecard& card : cards->suppliers) suppliers.emplace_back(to_json(card));
  json::array pairs;
  for (const app::ScorecardPair& pair : cards->pairs) pairs.emplace_back(pair_json(pair));
  return json_response(json::object{
      {"question", cards->question}, {"suppliers", std::move(suppliers)}, {"pairs", std::move(pairs)}});
}

Result<Response> list_annotator_scorecards(app::Service& service, Call& call) {
  MIZAN_TRY(const auto cards, cards_of(service, call));
  json::array annotators;
  for (const app::Scorecard& card : cards->annotators) annotators.emplace_back(to_json(card));
  return json_response(json::object{{"question", cards->question}, {"annotators", std::move(annotators)}});
}

}  // namespace

void add_scorecard_routes(Router& router, app::Service& service) {
  const std::string project = "/api/v1/projects/{project_id}";
  router.add({Method::get, project + "/suppliers/scorecards", "list_supplier_scorecards",
              rules::Action::read_scorecards, bind(service, list_supplier_scorecards)});
  router.add({Method::get, project + "/annotators/scorecards", "list_annotator_scorecards",
              rules::Action::read_scorecards, bind(service, list_annotator_scorecards)});
}

}  // namespace mizan::http
