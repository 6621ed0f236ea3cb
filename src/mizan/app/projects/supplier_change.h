// What the verbs on suppliers share: writing a changed one and telling of it.
#pragma once

#include <string_view>

#include "mizan/app/projects/change.h"
#include "mizan/app/projects/suppliers.h"

namespace mizan::app {

/// @errors not_found
[[nodiscard]] Result<Supplier> find_known_supplier(store::Transaction& tx, domain::SupplierId id);

/// @in     supplier  changed, with the version that was read
/// @errors precondition_failed: somebody else was faster
[[nodiscard]] Result<Supplier> save_supplier(store::Transaction& tx, const ChangeMaker& maker,
                                             Supplier supplier, std::string_view kind);

/// JSON: the body of events about a supplier.
[[nodiscard]] std::string supplier_body(const Supplier& supplier);

}  // namespace mizan::app
