#include "mizan/app/projects/suppliers.h"

#include <array>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/checks.h"
#include "mizan/app/projects/supplier_change.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> kSupplierKinds{"crowd", "expert", "staff", "model"};

Result<void> check_kind(std::string_view kind) {
  for (const std::string_view known : kSupplierKinds)
    if (kind == known) return {};
  return fail(ErrorCode::invalid_argument, "must be crowd, expert, staff or model", "/kind");
}

}  // namespace

Result<Supplier> find_known_supplier(store::Transaction& tx, domain::SupplierId id) {
  MIZAN_TRY(auto found, store::find_supplier(tx, id));
  if (!found) return no_such("supplier", to_text(id));
  return *std::move(found);
}

std::string supplier_body(const Supplier& supplier) {
  return json::serialize(json::object{{"supplier_id", to_text(supplier.supplier_id)},
                                      {"name", supplier.name},
                                      {"kind", supplier.kind},
                                      {"state", supplier.state},
                                      {"version", supplier.version}});
}

Result<Supplier> save_supplier(store::Transaction& tx, const ChangeMaker& maker, Supplier supplier,
                               std::string_view kind) {
  MIZAN_TRY(const bool is_saved, store::update_supplier(tx, supplier));
  if (!is_saved) return changed_meanwhile("supplier", supplier.version);
  ++supplier.version;
  MIZAN_CHECK_OK(note_change(
      tx, maker, {.kind = kind, .subject = to_text(supplier.supplier_id), .body = supplier_body(supplier)}));
  return supplier;
}

Result<Supplier> create_supplier(Service& service, const Caller& caller, const CreateSupplier& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::create_supplier, rules::kOrganisation));
  MIZAN_CHECK_OK(check_name(command.name, "/name"));
  MIZAN_CHECK_OK(check_kind(command.kind));
  const Supplier supplier{.supplier_id = service.ids().make<domain::SupplierId>(),
                          .name = command.name,
                          .kind = command.kind,
                          .state = "active",
                          .created_at = service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Supplier> {
    MIZAN_TRY(const bool is_new, store::insert_supplier(tx, supplier));
    if (!is_new) {
      MIZAN_TRY(const auto other, store::find_supplier_by_name(tx, supplier.name));
      return name_taken("supplier", supplier.name, other ? to_text(other->supplier_id) : "");
    }
    MIZAN_CHECK_OK(note_change(tx, {caller, supplier.created_at},
                               {.kind = "supplier.created",
                                .subject = to_text(supplier.supplier_id),
                                .body = supplier_body(supplier)}));
    return supplier;
  });
}

Result<Supplier> read_supplier(Service& service, const Caller& caller, domain::SupplierId id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_supplier, rules::at(id)));
  return service.database().read([&](store::Transaction& tx) { return find_known_supplier(tx, id); });
}

Result<std::vector<Supplier>> list_suppliers(Service& service, const Caller& caller,
                                             const ListSuppliers& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_suppliers, rules::kOrganisation));
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<Supplier>> {
    std::vector<Supplier> seen;
    domain::SupplierId after = query.after;
    while (std::ssize(seen) < query.limit) {
      MIZAN_TRY(auto page, store::suppliers_after(tx, after, query.limit));
      for (Supplier& supplier : page) {
        after = supplier.supplier_id;
        const auto grant = rules::allowed(caller.memberships, rules::Action::read_supplier, rules::at(after));
        if (grant && std::ssize(seen) < query.limit) seen.push_back(std::move(supplier));
      }
      if (std::ssize(page) < query.limit) break;
    }
    return seen;
  });
}

Result<Supplier> update_supplier(Service& service, const Caller& caller, const UpdateSupplier& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_supplier, rules::at(command.supplier_id)));
  if (command.name) MIZAN_CHECK_OK(check_name(*command.name, "/name"));
  if (command.kind) MIZAN_CHECK_OK(check_kind(*command.kind));
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Supplier> {
    MIZAN_TRY(Supplier supplier, find_known_supplier(tx, command.supplier_id));
    if (supplier.version != command.version) return changed_meanwhile("supplier", command.version);
    if (command.name) supplier.name = *command.name;
    if (command.kind) supplier.kind = *command.kind;
    MIZAN_TRY(const auto other, store::find_supplier_by_name(tx, supplier.name));
    if (other && other->supplier_id != supplier.supplier_id) {
      return name_taken("supplier", supplier.name, to_text(other->supplier_id));
    }
    return save_supplier(tx, maker, std::move(supplier), "supplier.updated");
  });
}

}  // namespace mizan::app
