// One annotator's work in a project: …/annotators/{annotator_id}/quality.
#include "mizan/app/quality/annotator_quality.h"

#include <utility>
#include <variant>

#include <boost/json.hpp>

#include "mizan/app/message_text.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/insight/insight_json.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::value argument_json(const app::Argument& argument) {
  if (const auto* real = std::get_if<double>(&argument)) return number(*real);
  if (const auto* integer = std::get_if<std::int64_t>(&argument)) return *integer;
  if (const auto* text = std::get_if<std::string>(&argument)) return json::value(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&argument)) return json::value_from(*list);
  return nullptr;
}

json::object flag_json(const app::FlagReport& flag) {
  json::object args;
  for (const auto& [name, argument] : flag.evidence.args) args[name] = argument_json(argument);
  return {{"code", flag.code},
          {"p_value", number(flag.p_value)},
          {"args", std::move(args)},
          {"evidence", app::message_text("flag", flag.evidence)}};
}

json::array periods_json(const app::AnnotatorQuality& quality) {
  json::array periods;
  for (const app::QualityPeriod& each : quality.periods) {
    json::object period = accuracy_json(each.accuracy);
    period["from"] = to_text(each.from);
    period["to"] = to_text(each.to);
    periods.emplace_back(std::move(period));
  }
  return periods;
}

json::value confusion_json(const app::AnnotatorQuality& quality) {
  const std::size_t count = quality.classes.size();
  if (quality.confusion.size() != count * count) return nullptr;
  json::array rows;
  for (std::size_t k = 0; k < count; ++k) {
    json::array row;
    for (std::size_t l = 0; l < count; ++l) row.emplace_back(number(quality.confusion[k * count + l]));
    rows.emplace_back(std::move(row));
  }
  return rows;
}

Result<Response> read_annotator_quality(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"question"}));
  app::ReadAnnotatorQuality query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(query.annotator, path_id<domain::AnnotatorId>(call, "annotator_id"));
  query.question = call.request.query_value("question").value_or("");
  MIZAN_TRY(const auto quality, app::read_annotator_quality(service, call.caller(), query));
  json::object body = accuracy_json(quality.accuracy);
  body["question"] = quality.question;
  body["annotator_id"] = to_text(quality.annotator);
  body["supplier_id"] = to_text(quality.supplier);
  body["contributor_id"] = quality.contributor_id;
  body["periods"] = periods_json(quality);
  body["classes"] = json::value_from(quality.classes);
  body["confusion"] = confusion_json(quality);
  body["agreement"] = quality.agreement;
  body["agreement_interval"] = interval_json(quality.agreement_interval);
  body["seconds_median"] = maybe_number(quality.seconds_median);
  body["others_seconds"] = json::value_from(quality.others_seconds);
  json::array flags;
  for (const app::FlagReport& flag : quality.flags) flags.emplace_back(flag_json(flag));
  body["flags"] = std::move(flags);
  json::array pairs;
  for (const app::CopiedPairReport& pair : quality.copied_pairs)
    pairs.push_back(
        {{"contributor_id", pair.annotator_a == quality.contributor_id ? pair.annotator_b : pair.annotator_a},
         {"shared_task_count", pair.shared_task_count},
         {"agreement", number(pair.agreement)},
         {"expected_agreement", number(pair.expected_agreement)},
         {"q_value", number(pair.q_value)}});
  body["copied_pairs"] = std::move(pairs);
  return json_response(body);
}

}  // namespace

void add_annotator_quality_routes(Router& router, app::Service& service) {
  router.add({Method::get, "/api/v1/projects/{project_id}/annotators/{annotator_id}/quality",
              "read_annotator_quality", rules::Action::read_scorecards,
              bind(service, read_annotator_quality)});
}

}  // namespace mizan::http
