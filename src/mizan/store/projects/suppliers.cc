#include "mizan/store/projects/suppliers.h"

namespace mizan::store {
namespace {

constexpr Query kInsertSupplier{
    "insert_supplier",
    "INSERT INTO suppliers (supplier_id, name, kind, state, created_at_us, version) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};
constexpr Query kFindSupplier{"find_supplier",
                              "SELECT supplier_id, name, kind, state, created_at_us, version "
                              "FROM suppliers WHERE supplier_id = $1"};
constexpr Query kFindSupplierByName{"find_supplier_by_name",
                                    "SELECT supplier_id, name, kind, state, created_at_us, version "
                                    "FROM suppliers WHERE name = $1"};
constexpr Query kSuppliersAfter{"suppliers_after",
                                "SELECT supplier_id, name, kind, state, created_at_us, version "
                                "FROM suppliers WHERE supplier_id > $1 ORDER BY supplier_id LIMIT $2"};
constexpr Query kUpdateSupplier{"update_supplier",
                                "UPDATE suppliers SET name = $3, kind = $4, state = $5, version = $2 + 1 "
                                "WHERE supplier_id = $1 AND version = $2"};
constexpr Query kSuspendedHolders{
    "suspended_holders",
    "SELECT DISTINCT l.supplier_id, l.project_id FROM assignments l "
    "JOIN suppliers s ON s.supplier_id = l.supplier_id "
    "JOIN project_suppliers p ON p.project_id = l.project_id AND p.supplier_id = l.supplier_id "
    "WHERE l.state = 'live' AND (s.state = 'suspended' OR p.state = 'suspended')"};
constexpr Query kSuspendedAnnotators{
    "suspended_annotators_at_work",
    "SELECT a.annotator_id FROM annotators a WHERE a.state = 'suspended' AND EXISTS "
    "(SELECT 1 FROM assignments l WHERE l.annotator_id = a.annotator_id AND l.state = 'live')"};

SupplierRow read_supplier(const Row& row) {
  return {.supplier_id = row.id<domain::SupplierId>(0),
          .name = row.string(1),
          .kind = row.string(2),
          .state = row.string(3),
          .created_at = row.instant(4),
          .version = row.integer(5)};
}

}  // namespace

Result<bool> insert_supplier(Transaction& tx, const SupplierRow& row) {
  MIZAN_TRY(const auto count, tx.execute(kInsertSupplier, row.supplier_id, row.name, row.kind, row.state,
                                         row.created_at, row.version));
  if (count == 1) return true;
  MIZAN_TRY(const auto found, find_supplier_by_name(tx, row.name));
  return found && found->supplier_id == row.supplier_id;
}

Result<std::optional<SupplierRow>> find_supplier(Transaction& tx, domain::SupplierId id) {
  return tx.maybe_row(kFindSupplier, read_supplier, id);
}

Result<std::optional<SupplierRow>> find_supplier_by_name(Transaction& tx, std::string_view name) {
  return tx.maybe_row(kFindSupplierByName, read_supplier, name);
}

Result<std::vector<SupplierRow>> suppliers_after(Transaction& tx, domain::SupplierId after,
                                                 std::int64_t limit) {
  return tx.rows(kSuppliersAfter, read_supplier, after, limit);
}

Result<bool> update_supplier(Transaction& tx, const SupplierRow& row) {
  MIZAN_TRY(const auto count,
            tx.execute(kUpdateSupplier, row.supplier_id, row.version, row.name, row.kind, row.state));
  return count == 1;
}

Result<std::vector<SuspendedHolder>> suspended_holders(Transaction& tx) {
  return tx.rows(kSuspendedHolders, [](const Row& row) {
    return SuspendedHolder{.supplier_id = row.id<domain::SupplierId>(0),
                           .project_id = row.id<domain::ProjectId>(1)};
  });
}

Result<std::vector<domain::AnnotatorId>> suspended_annotators_at_work(Transaction& tx) {
  return tx.rows(kSuspendedAnnotators, [](const Row& row) { return row.id<domain::AnnotatorId>(0); });
}

}  // namespace mizan::store
