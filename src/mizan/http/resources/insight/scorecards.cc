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
  json::object body{
      {"supplier_id", to_text(card.supplier)},
      {"annotator_id", nullptr},
      {"accuracy", number(card.accuracy.value)},
      {"accuracy_interval", interval_json(card.accuracy.interval)},
      {"basis", basis_name(card.accuracy.basis)},
      {"label_count", card.accuracy.label_count},
      {"task_count", card.accuracy.task_count},
      {"gold_label_count", card.accuracy.gold_label_count},
      {"gold_correct_count", card.accuracy.gold_correct_count},
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
  if (card.annotator) body["annotator_id"] = to_text(*card.annotator);
  if (card.drift) body["drift"] = json::object{{"change", card.drift->change}, {"z", card.drift->z}};
  return body;
}

std::string_view conclusion_name(supplier::Conclusion conclusion) {
  switch (conclusion) {
    case supplier::Conclusion::a_better:
      return "a_better";
    case supplier::Conclusion::b_better:
      return "b_better";
    case supplier::Conclusion::not_known:
      return "not_known";
  }
  return "";
}

json::object to_json(const app::ScorecardPair& pair) {
  const supplier::PairComparison& found = pair.comparison;
  return {{"supplier_a", to_text(pair.a)},
          {"supplier_b", to_text(pair.b)},
          {"difference", number(found.difference)},
          {"difference_interval", interval_json(found.interval)},
          {"probability_a_better", number(found.probability_a_better)},
          {"conclusion", conclusion_name(found.conclusion)},
          {"basis", basis_name(found.basis)},
          {"task_count", found.task_count},
          {"gold_task_count", found.gold_task_count}};
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
  for (const app::ScorecardPair& pair : cards->pairs) pairs.emplace_back(to_json(pair));
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
