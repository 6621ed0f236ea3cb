// The server itself: health, readiness, metrics, the contract and its pages.
#include "mizan/http/resources/service.h"

#include "mizan/app/service.h"
#include "mizan/app/upkeep/readiness.h"
#include "mizan/http/contract/contract_text.h"
#include "mizan/http/handler.h"

namespace mizan::http {
namespace {

Response text_response(std::string_view content_type, std::string_view text) {
  Response response{.body = std::string(text)};
  response.add("Content-Type", content_type);
  return response;
}

Response page(std::string_view text) {
  Response response = text_response("text/html; charset=utf-8", text);
  response.add("Content-Security-Policy", kPagePolicy);
  return response;
}

Response readiness(app::Service& service, bool is_draining) {
  const app::Readiness found = app::check_readiness(service);
  const bool is_ready = found.is_ready() && !is_draining;
  const boost::json::object checks{{"database_answers", found.database_answers},
                                   {"schema_is_current", found.schema_is_current},
                                   {"takes_requests", !is_draining}};
  return json_response(boost::json::object{{"is_ready", is_ready}, {"checks", checks}}, is_ready ? 200 : 503);
}

Route open_route(std::string path, std::string operation, BlockingHandler handler) {
  return {.method = Method::get,
          .path = std::move(path),
          .operation = std::move(operation),
          .action = rules::Action::read_public,
          .handler = blocking(std::move(handler))};
}

}  // namespace

void add_service_routes(Router& router, const ServiceRoutes& parts) {
  router.add({.method = Method::get,
              .path = "/healthz",
              .operation = "check_health",
              .action = rules::Action::read_public,
              .handler = direct([](const std::shared_ptr<Call>&, const Responder& respond) {
                respond(json_text_response(R"({"status":"ok"})"));
              })});
  router.add(open_route("/readyz", "check_readiness",
                        [&service = parts.service, &is_draining = parts.is_draining](Call&) {
                          return readiness(service, is_draining);
                        }));
  router.add(open_route("/api/v1/openapi.json", "read_contract",
                        [](Call&) { return text_response("application/json", kContractJson); }));
  router.add(open_route("/api/docs", "read_reference", [](Call&) { return page(kReferencePage); }));
  router.add(open_route("/docs/errors", "read_errors", [](Call&) { return page(kErrorsPage); }));
  Route metrics = open_route("/metrics", "read_metrics", [&metrics = parts.metrics](Call&) {
    return text_response("text/plain; version=0.0.4; charset=utf-8", metrics.text());
  });
  if (!parts.has_open_metrics) metrics.action = rules::Action::read_metrics;
  router.add(std::move(metrics));
}

}  // namespace mizan::http
