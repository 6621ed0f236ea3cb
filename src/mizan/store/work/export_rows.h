// Annotations as an export shows them: each with its task, supplier, gold and newest review. Read in
// stretches by id, each a short snapshot of its own, so that a long export holds up nobody's checkpoints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotations.h"

namespace mizan::store {

struct ExportedAnnotation {
  AnnotationRow annotation{};
  std::string external_id{};
  std::string supplier_name{};
  std::string review_state{};  ///< of the newest review; empty = none
  std::optional<std::string> gold{};
  bool is_newest = true;  ///< no revision of it was submitted
};

struct ExportStretch {
  domain::ProjectId project_id;
  domain::AnnotationId after{};
  std::int64_t limit = 1000;
  bool with_revised = false;                    ///< also those that were revised later
  std::vector<domain::SupplierId> suppliers{};  ///< empty = every
};
/// By id, later than `after`; fewer than `limit` rows = the end.
[[nodiscard]] Result<std::vector<ExportedAnnotation>> annotations_to_export(Transaction& tx,
                                                                            const ExportStretch& stretch);

}  // namespace mizan::store
