// The file that says which supplier an annotator belongs to: annotator,supplier[,kind].
#pragma once

#include <string>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/input.h"
#include "mizan/dataset/read_labels.h"

namespace mizan::dataset {

/// What the file says of a supplier besides its annotators.
struct SupplierKind {
  std::string supplier;
  std::string kind;  ///< crowd, expert, staff or model
};

/// Gives every annotator of the table his supplier. The file goes before suppliers named in the labels; an
/// annotator whom neither names is under "unknown". Counts conflicting_supplier, unknown_supplier_row and
/// missing_supplier in the outcome's oddities.
/// @in     strict  any of these oddities is an error
/// @out    the kinds of the suppliers, where the file has them
/// @errors bad_suppliers, with the line: an annotator with two suppliers, a supplier with two kinds, an
/// unknown
///         kind, no annotator of the labels; malformed_csv, not_utf8
[[nodiscard]] Result<std::vector<SupplierKind>> assign_suppliers(const Input& input, ReadOutcome& outcome,
                                                                 ThreadPool& pool, bool strict);

}  // namespace mizan::dataset
