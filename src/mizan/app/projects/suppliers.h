// Suppliers: creating, reading, editing. Suspending them is suspend_supplier.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/suppliers.h"

namespace mizan::app {

using Supplier = store::SupplierRow;

struct CreateSupplier {
  std::string name;
  std::string kind;  ///< crowd | expert | staff | model
};
/// @errors invalid_argument; conflict: the name is another supplier's
[[nodiscard]] Result<Supplier> create_supplier(Service& service, const Caller& caller,
                                               const CreateSupplier& command);

/// @errors not_found
[[nodiscard]] Result<Supplier> read_supplier(Service& service, const Caller& caller, domain::SupplierId id);

struct ListSuppliers {
  domain::SupplierId after{};
  std::int64_t limit = 100;
};
/// The suppliers that the caller may see, by id: a supplier's own people see it alone.
[[nodiscard]] Result<std::vector<Supplier>> list_suppliers(Service& service, const Caller& caller,
                                                           const ListSuppliers& query);

struct UpdateSupplier {
  domain::SupplierId supplier_id;
  std::int64_t version = 0;
  std::optional<std::string> name{};
  std::optional<std::string> kind{};
};
/// @errors precondition_failed, invalid_argument, conflict
[[nodiscard]] Result<Supplier> update_supplier(Service& service, const Caller& caller,
                                               const UpdateSupplier& command);

}  // namespace mizan::app
