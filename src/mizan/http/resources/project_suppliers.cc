// Which suppliers work on a project: /api/v1/projects/{project_id}/suppliers.
#include "mizan/app/projects/project_suppliers.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/suspend_supplier.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object to_json(const app::ProjectSupplier& grant) {
  json::object body{{"project_id", to_text(grant.project_id)},
                    {"supplier_id", to_text(grant.supplier_id)},
                    {"name", grant.name},
                    {"kind", grant.kind},
                    {"state", grant.state},
                    {"granted_fields", nullptr},
                    {"price_micros", nullptr},
                    {"currency", nullptr},
                    {"version", grant.version}};
  if (grant.granted_fields) {
    body["granted_fields"] = json::array(grant.granted_fields->begin(), grant.granted_fields->end());
  }
  if (grant.price_micros) {
    body["price_micros"] = *grant.price_micros;
    body["currency"] = grant.currency;
  }
  return body;
}

Response with_etag(const app::ProjectSupplier& grant) {
  Response response = json_response(to_json(grant));
  response.set("ETag", etag(grant.version));
  return response;
}

Result<app::ProjectSupplierKey> key_of(const Call& call) {
  MIZAN_TRY(const auto project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto supplier_id, path_id<domain::SupplierId>(call, "supplier_id"));
  return app::ProjectSupplierKey{.project_id = project_id, .supplier_id = supplier_id};
}

Result<app::ProjectSupplierTerms> read_terms(BodyFields& fields) {
  app::ProjectSupplierTerms terms;
  MIZAN_TRY(terms.granted_fields, fields.maybe_texts("granted_fields"));
  MIZAN_TRY(terms.price_micros, fields.maybe_integer("price_micros"));
  MIZAN_TRY(auto currency, fields.maybe_text("currency"));
  terms.currency = std::move(currency).value_or("");
  return terms;
}

Result<Response> add_project_supplier(app::Service& service, Call& call) {
  app::ProjectSupplierKey key;
  MIZAN_TRY(key.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(key.supplier_id, fields.id<domain::SupplierId>("supplier_id"));
  MIZAN_TRY(const auto terms, read_terms(fields));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto grant, app::add_project_supplier(service, call.caller(), key, terms));
  Response response =
      created("/api/v1/projects/" + to_text(key.project_id) + "/suppliers/" + to_text(key.supplier_id),
              to_json(grant));
  response.set("ETag", etag(grant.version));
  return response;
}

Result<Response> list_project_suppliers(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto grants, app::list_project_suppliers(service, call.caller(), id));
  json::array data;
  for (const auto& grant : grants) data.push_back(to_json(grant));
  return page_response(std::move(data), std::nullopt);
}

Result<Response> read_project_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto grant, app::read_project_supplier(service, call.caller(), key));
  return with_etag(grant);
}

Result<Response> update_project_supplier(app::Service& service, Call& call) {
  app::UpdateProjectSupplier command;
  MIZAN_TRY(command.key, key_of(call));
  MIZAN_TRY(command.version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.terms, read_terms(fields));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto grant, app::update_project_supplier(service, call.caller(), command));
  return with_etag(grant);
}

Result<Response> suspend_project_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto suspended, app::suspend_project_supplier(service, call.caller(), key));
  json::object body = to_json(suspended.grant);
  body["revoked_count"] = suspended.revoked_count;
  Response response = json_response(body);
  response.set("ETag", etag(suspended.grant.version));
  return response;
}

Result<Response> resume_project_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto grant, app::resume_project_supplier(service, call.caller(), key));
  return with_etag(grant);
}

}  // namespace

void add_project_supplier_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/projects/{project_id}/suppliers";
  const std::string one = all + "/{supplier_id}";
  constexpr auto kChange = rules::Action::change_project_suppliers;
  router.add({Method::post, all, "add_project_supplier", kChange, bind(service, add_project_supplier)});
  router.add({Method::get, all, "list_project_suppliers", rules::Action::list_project_suppliers,
              bind(service, list_project_suppliers)});
  router.add({Method::get, one, "read_project_supplier", rules::Action::list_project_suppliers,
              bind(service, read_project_supplier)});
  router.add({Method::put, one, "update_project_supplier", kChange, bind(service, update_project_supplier)});
  router.add({Method::post, one + ":suspend", "suspend_project_supplier", kChange,
              bind(service, suspend_project_supplier)});
  router.add({Method::post, one + ":resume", "resume_project_supplier", kChange,
              bind(service, resume_project_supplier)});
}

}  // namespace mizan::http
