// Suppliers: who labels come from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct SupplierRow {
  domain::SupplierId supplier_id;
  std::string name;
  std::string kind;   ///< crowd | expert | staff | model
  std::string state;  ///< active | suspended
  Instant created_at;
  std::int64_t version = 1;
};

/// @out false: another supplier has this name, and nothing was done. Twice with the same row is once.
[[nodiscard]] Result<bool> insert_supplier(Transaction& tx, const SupplierRow& row);
[[nodiscard]] Result<std::optional<SupplierRow>> find_supplier(Transaction& tx, domain::SupplierId id);
[[nodiscard]] Result<std::optional<SupplierRow>> find_supplier_by_name(Transaction& tx,
                                                                       std::string_view name);
/// The next suppliers after an id, by id.
[[nodiscard]] Result<std::vector<SupplierRow>> suppliers_after(Transaction& tx, domain::SupplierId after,
                                                               std::int64_t limit);
/// Writes name, kind and state over the row whose version is row.version, and raises the version.
/// @out false: the row has another version by now
/// @errors conflict: another supplier has this name
[[nodiscard]] Result<bool> update_supplier(Transaction& tx, const SupplierRow& row);

/// Who holds live assignments although suspended: a supplier, on a project.
struct SuspendedHolder {
  domain::SupplierId supplier_id;
  domain::ProjectId project_id;
};
/// @cost O(live assignments)
[[nodiscard]] Result<std::vector<SuspendedHolder>> suspended_holders(Transaction& tx);
/// Suspended annotators who hold live assignments.
/// @cost O(suspended annotators)
[[nodiscard]] Result<std::vector<domain::AnnotatorId>> suspended_annotators_at_work(Transaction& tx);

}  // namespace mizan::store
