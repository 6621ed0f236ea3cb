#include "mizan/app/projects/project_suppliers.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/projects/checks.h"
#include "mizan/app/projects/project_supplier_change.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/suppliers.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMaxPriceMicros = 1'000'000'000'000;  // a million of the currency's unit

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<void> apply(const ProjectSupplierTerms& terms, ProjectSupplier& grant) {
  if (terms.granted_fields) {
    MIZAN_TRY(grant.granted_fields, name_set(*terms.granted_fields, "/granted_fields"));
  } else {
    grant.granted_fields.reset();
  }
  if (terms.price_micros && (*terms.price_micros < 0 || *terms.price_micros > kMaxPriceMicros)) {
    return fail(ErrorCode::invalid_argument, "must be from 0 to " + std::to_string(kMaxPriceMicros),
                "/price_micros");
  }
  if (terms.price_micros.has_value() != is_currency(terms.currency)) {
    return fail(ErrorCode::invalid_argument,
                "a price needs a currency of three capitals, and only a price does", "/currency");
  }
  grant.price_micros = terms.price_micros;
  grant.currency = terms.currency;
  return {};
}

// Without the price: other listeners of the project need not know it.
std::string body_of(const ProjectSupplier& grant) {
  return json::serialize(json::object{{"project_id", to_text(grant.project_id)},
                                      {"supplier_id", to_text(grant.supplier_id)},
                                      {"state", grant.state},
                                      {"version", grant.version}});
}

Result<void> note(store::Transaction& tx, const ChangeMaker& maker, const ProjectSupplier& grant,
                  std::string_view kind) {
  return note_change(tx, maker,
                     {.project_id = grant.project_id,
                      .kind = kind,
                      .subject = to_text(grant.supplier_id),
                      .body = body_of(grant)});
}

/// The supplier, if it and the project are there and the project is open.
Result<store::SupplierRow> find_joining(store::Transaction& tx, const ProjectSupplierKey& key) {
  MIZAN_TRY(const auto project, store::find_project(tx, key.project_id));
  if (!project) return no_such("project", to_text(key.project_id));
  if (project->state == "archived") {
    return fail(ErrorCode::illegal_transition, "an archived project takes no more suppliers");
  }
  MIZAN_TRY(auto supplier, store::find_supplier(tx, key.supplier_id));
  if (!supplier) return no_such("supplier", to_text(key.supplier_id));
  return *std::move(supplier);
}

}  // namespace

Result<ProjectSupplier> find_known_grant(store::Transaction& tx, const ProjectSupplierKey& key) {
  MIZAN_TRY(auto found, store::find_project_supplier(tx, key.project_id, key.supplier_id));
  if (!found) return no_such("supplier of this project", to_text(key.supplier_id));
  return *std::move(found);
}

Result<ProjectSupplier> save_project_supplier(store::Transaction& tx, const ChangeMaker& maker,
                                              ProjectSupplier grant, std::string_view kind) {
  MIZAN_TRY(const bool is_saved, store::update_project_supplier(tx, grant));
  if (!is_saved) return changed_meanwhile("supplier of the project", grant.version);
  ++grant.version;
  MIZAN_CHECK_OK(note(tx, maker, grant, kind));
  return grant;
}

Result<ProjectSupplier> add_project_supplier(Service& service, const Caller& caller,
                                             const ProjectSupplierKey& key,
                                             const ProjectSupplierTerms& terms) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_project_suppliers, rules::at(key.project_id)));
  ProjectSupplier grant{.project_id = key.project_id, .supplier_id = key.supplier_id, .state = "active"};
  MIZAN_CHECK_OK(apply(terms, grant));
  const ChangeMaker maker{caller, service.now()};
  auto added = service.database().write([&](store::Transaction& tx) -> Result<ProjectSupplier> {
    MIZAN_TRY(const store::SupplierRow supplier, find_joining(tx, key));
    grant.name = supplier.name;
    grant.kind = supplier.kind;
    MIZAN_TRY(const bool is_new, store::insert_project_supplier(tx, grant));
    if (!is_new) {
      return fail(ErrorCode::conflict, "the supplier is on the project already", "/supplier_id",
                  "change its terms with PUT");
    }
    MIZAN_CHECK_OK(note(tx, maker, grant, "project_supplier.created"));
    return grant;
  });
  forget_callers(service);  // the supplier's people reach the project from now on
  return added;
}

Result<ProjectSupplier> read_project_supplier(Service& service, const Caller& caller,
                                              const ProjectSupplierKey& key) {
  MIZAN_TRY(const auto grant,
            authorize(caller, rules::Action::list_project_suppliers, rules::at(key.project_id)));
  if (!grant.covers(key.supplier_id)) return no_such("supplier of this project", to_text(key.supplier_id));
  return service.database().read([&](store::Transaction& tx) { return find_known_grant(tx, key); });
}

Result<std::vector<ProjectSupplier>> list_project_suppliers(Service& service, const Caller& caller,
                                                            domain::ProjectId project_id) {
  MIZAN_TRY(const auto grant,
            authorize(caller, rules::Action::list_project_suppliers, rules::at(project_id)));
  MIZAN_TRY(auto rows, service.database().read([&](store::Transaction& tx) {
    return store::suppliers_of_project(tx, project_id);
  }));
  std::erase_if(rows, [&](const ProjectSupplier& row) { return !grant.covers(row.supplier_id); });
  return rows;
}

Result<ProjectSupplier> update_project_supplier(Service& service, const Caller& caller,
                                                const UpdateProjectSupplier& command) {
  MIZAN_CHECK_OK(
      authorize(caller, rules::Action::change_project_suppliers, rules::at(command.key.project_id)));
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<ProjectSupplier> {
    MIZAN_TRY(ProjectSupplier grant, find_known_grant(tx, command.key));
    if (grant.version != command.version)
      return changed_meanwhile("supplier of the project", command.version);
    MIZAN_CHECK_OK(apply(command.terms, grant));
    return save_project_supplier(tx, maker, std::move(grant), "project_supplier.updated");
  });
}

}  // namespace mizan::app
