#include "mizan/store/projects/project_suppliers.h"

#include "mizan/domain/text_list.h"

namespace mizan::store {
namespace {

#define MIZAN_SELECT_PROJECT_SUPPLIERS                                                                     \
  "SELECT g.project_id, g.supplier_id, g.state, g.granted_fields, g.price_micros, g.currency, g.version, " \
  "s.name, s.kind "                                                                                        \
  "FROM project_suppliers AS g JOIN suppliers AS s ON s.supplier_id = g.supplier_id "

constexpr Query kInsertProjectSupplier{
    "insert_project_supplier",
    "INSERT INTO project_suppliers (project_id, supplier_id, state, granted_fields, price_micros, currency, "
    "version) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"};
constexpr Query kFindProjectSupplier{
    "find_project_supplier", MIZAN_SELECT_PROJECT_SUPPLIERS "WHERE g.project_id = $1 AND g.supplier_id = $2"};
constexpr Query kSuppliersOfProject{
    "suppliers_of_project", MIZAN_SELECT_PROJECT_SUPPLIERS "WHERE g.project_id = $1 ORDER BY g.supplier_id"};
#undef MIZAN_SELECT_PROJECT_SUPPLIERS

constexpr Query kProjectsOfSupplier{"projects_of_supplier",
                                    "SELECT project_id FROM project_suppliers WHERE supplier_id = $1 "
                                    "ORDER BY project_id"};
constexpr Query kUpdateProjectSupplier{
    "update_project_supplier",
    "UPDATE project_suppliers SET state = $4, granted_fields = $5, price_micros = $6, currency = $7, "
    "version = $3 + 1 WHERE project_id = $1 AND supplier_id = $2 AND version = $3"};

ProjectSupplierRow read_project_supplier(const Row& row) {
  ProjectSupplierRow read{.project_id = row.id<domain::ProjectId>(0),
                          .supplier_id = row.id<domain::SupplierId>(1),
                          .state = row.string(2),
                          .price_micros = row.maybe_integer(4),
                          .currency = row.string(5),
                          .version = row.integer(6),
                          .name = row.string(7),
                          .kind = row.string(8)};
  if (!row.is_null(3)) read.granted_fields = domain::text_list(row.text(3));
  return read;
}

std::optional<std::string> fields_json(const ProjectSupplierRow& row) {
  if (!row.granted_fields) return {};
  return domain::text_list_json(*row.granted_fields);
}

}  // namespace

Result<bool> insert_project_supplier(Transaction& tx, const ProjectSupplierRow& row) {
  MIZAN_TRY(const auto count, tx.execute(kInsertProjectSupplier, row.project_id, row.supplier_id, row.state,
                                         fields_json(row), row.price_micros, row.currency, row.version));
  return count == 1;
}

Result<std::optional<ProjectSupplierRow>> find_project_supplier(Transaction& tx, domain::ProjectId project_id,
                                                                domain::SupplierId supplier_id) {
  return tx.maybe_row(kFindProjectSupplier, read_project_supplier, project_id, supplier_id);
}

Result<std::vector<ProjectSupplierRow>> suppliers_of_project(Transaction& tx, domain::ProjectId project_id) {
  return tx.rows(kSuppliersOfProject, read_project_supplier, project_id);
}

Result<std::vector<domain::ProjectId>> projects_of_supplier(Transaction& tx, domain::SupplierId supplier_id) {
  return tx.rows(
      kProjectsOfSupplier, [](const Row& row) { return row.id<domain::ProjectId>(0); }, supplier_id);
}

Result<bool> update_project_supplier(Transaction& tx, const ProjectSupplierRow& row) {
  MIZAN_TRY(const auto count, tx.execute(kUpdateProjectSupplier, row.project_id, row.supplier_id, row.version,
                                         row.state, fields_json(row), row.price_micros, row.currency));
  return count == 1;
}

}  // namespace mizan::store
