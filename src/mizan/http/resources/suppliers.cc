// Suppliers: /api/v1/suppliers.
#include "mizan/app/projects/suppliers.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/suspend_supplier.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object to_json(const app::Supplier& supplier) {
  return {{"supplier_id", to_text(supplier.supplier_id)},
          {"name", supplier.name},
          {"kind", supplier.kind},
          {"state", supplier.state},
          {"created_at", to_text(supplier.created_at)},
          {"version", supplier.version}};
}

Response with_etag(const app::Supplier& supplier) {
  Response response = json_response(to_json(supplier));
  response.set("ETag", etag(supplier.version));
  return response;
}

Result<Response> create_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::CreateSupplier command;
  MIZAN_TRY(command.name, fields.text("name"));
  MIZAN_TRY(command.kind, fields.text("kind"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto supplier, app::create_supplier(service, call.caller(), command));
  Response response = created("/api/v1/suppliers/" + to_text(supplier.supplier_id), to_json(supplier));
  response.set("ETag", etag(supplier.version));
  return response;
}

Result<Response> list_suppliers(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  MIZAN_TRY(const auto after, after_id<domain::SupplierId>(page));
  MIZAN_TRY(const auto suppliers,
            app::list_suppliers(service, call.caller(),
                                {.after = after, .limit = static_cast<std::int64_t>(page.limit)}));
  return id_page(suppliers, page, to_json, [](const auto& row) { return row.supplier_id; });
}

Result<Response> read_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_TRY(const auto supplier, app::read_supplier(service, call.caller(), id));
  return with_etag(supplier);
}

Result<Response> update_supplier(app::Service& service, Call& call) {
  app::UpdateSupplier command;
  MIZAN_TRY(command.supplier_id, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_TRY(command.version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.name, fields.maybe_text("name"));
  MIZAN_TRY(command.kind, fields.maybe_text("kind"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto supplier, app::update_supplier(service, call.caller(), command));
  return with_etag(supplier);
}

Result<Response> suspend_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_TRY(const auto suspended, app::suspend_supplier(service, call.caller(), id));
  json::object body = to_json(suspended.supplier);
  body["revoked_count"] = suspended.revoked_count;
  Response response = json_response(body);
  response.set("ETag", etag(suspended.supplier.version));
  return response;
}

Result<Response> resume_supplier(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::SupplierId>(call, "supplier_id"));
  MIZAN_TRY(const auto supplier, app::resume_supplier(service, call.caller(), id));
  return with_etag(supplier);
}

}  // namespace

void add_supplier_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/suppliers";
  const std::string one = all + "/{supplier_id}";
  router.add(
      {Method::post, all, "create_supplier", rules::Action::create_supplier, bind(service, create_supplier)});
  router.add(
      {Method::get, all, "list_suppliers", rules::Action::list_suppliers, bind(service, list_suppliers)});
  router.add({Method::get, one, "read_supplier", rules::Action::read_supplier, bind(service, read_supplier)});
  router.add({Method::patch, one, "update_supplier", rules::Action::change_supplier,
              bind(service, update_supplier)});
  router.add({Method::post, one + ":suspend", "suspend_supplier", rules::Action::suspend_supplier,
              bind(service, suspend_supplier)});
  router.add({Method::post, one + ":resume", "resume_supplier", rules::Action::suspend_supplier,
              bind(service, resume_supplier)});
}

}  // namespace mizan::http
