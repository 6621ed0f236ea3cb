// All labels of a project as one table of the engine, with the names that reports show. Of this folder only.
#pragma once

#include <cstddef>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/domain/label_table.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

struct ProjectLabels {
  domain::LabelTable table;                     ///< a row is an annotation; names are those that people know
  std::vector<domain::AnnotatorId> annotators;  ///< in the order of table.annotators
  std::vector<domain::SupplierId> suppliers;    ///< in the order of table.suppliers
};

/// @errors not_found: no labels; cannot_be_known: more labels than `limit`
/// @cost   O(tasks + annotations)
[[nodiscard]] Result<ProjectLabels> project_labels(store::Transaction& tx, domain::ProjectId project,
                                                   std::size_t limit);

}  // namespace mizan::app
