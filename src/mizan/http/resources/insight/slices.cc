// Suppliers by domain and language: …/suppliers/slices.
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/quality/scorecard_slices.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/insight/insight_json.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object slice_json(const app::ScorecardSlice& slice) {
  json::array suppliers;
  for (const app::SupplierSlice& each : slice.suppliers) {
    json::object row = accuracy_json(each.accuracy);
    row["supplier_id"] = to_text(each.supplier);
    suppliers.emplace_back(std::move(row));
  }
  json::array pairs;
  for (const app::ScorecardPair& pair : slice.pairs) pairs.emplace_back(pair_json(pair));
  return {{"value", slice.value},
          {"task_count", slice.task_count},
          {"suppliers", std::move(suppliers)},
          {"pairs", std::move(pairs)}};
}

Result<Response> list_supplier_slices(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"question", "by"}));
  app::ReadSlices query;
  MIZAN_TRY(query.project, path_id<domain::ProjectId>(call, "project_id"));
  query.question = call.request.query_value("question").value_or("");
  const auto by = call.request.query_value("by").value_or("domain");
  if (by != "domain" && by != "language")
    return fail(ErrorCode::invalid_argument, "suppliers cannot be cut by this", "by", "domain or language");
  query.by = by == "domain" ? app::SliceBy::domain : app::SliceBy::language;
  MIZAN_TRY(const auto found, app::read_scorecard_slices(service, call.caller(), query));
  json::array slices;
  for (const app::ScorecardSlice& slice : found.slices) slices.emplace_back(slice_json(slice));
  return json_response(json::object{{"question", found.question},
                                    {"by", by},
                                    {"slices", std::move(slices)},
                                    {"left_out_count", found.left_out_count}});
}

}  // namespace

void add_slice_routes(Router& router, app::Service& service) {
  router.add({Method::get, "/api/v1/projects/{project_id}/suppliers/slices", "list_supplier_slices",
              rules::Action::read_scorecards, bind(service, list_supplier_slices)});
}

}  // namespace mizan::http
