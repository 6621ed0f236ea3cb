// Which suppliers work on a project, what they see of its tasks, and what they are paid.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct ProjectSupplierRow {
  domain::ProjectId project_id;
  domain::SupplierId supplier_id;
  std::string state;                                         ///< active | suspended
  std::optional<std::vector<std::string>> granted_fields{};  ///< members of the payload; nothing = all
  std::optional<std::int64_t> price_micros{};                ///< of one annotation; nothing = not known
  std::string currency{};                                    ///< ISO 4217; empty with no price
  std::int64_t version = 1;
  std::string name{}, kind{};  ///< the supplier's own: read with the row, never written by it
};

/// @out false: the supplier is on the project already, and nothing was done
[[nodiscard]] Result<bool> insert_project_supplier(Transaction& tx, const ProjectSupplierRow& row);
[[nodiscard]] Result<std::optional<ProjectSupplierRow>> find_project_supplier(Transaction& tx,
                                                                              domain::ProjectId project_id,
                                                                              domain::SupplierId supplier_id);
/// Every supplier of a project, by id.
[[nodiscard]] Result<std::vector<ProjectSupplierRow>> suppliers_of_project(Transaction& tx,
                                                                           domain::ProjectId project_id);
/// The projects that a supplier is on, by id.
[[nodiscard]] Result<std::vector<domain::ProjectId>> projects_of_supplier(Transaction& tx,
                                                                          domain::SupplierId supplier_id);
/// Writes state, granted members and price over the row whose version is row.version, and raises the version.
/// @out false: the row has another version by now
[[nodiscard]] Result<bool> update_project_supplier(Transaction& tx, const ProjectSupplierRow& row);

}  // namespace mizan::store
