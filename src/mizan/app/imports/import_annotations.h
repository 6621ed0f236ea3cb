// Taking in what another supplier's people answered in the supplier's own system: each row becomes an
// annotation of that supplier's annotator, with its labels, and the consensus of its task is what all say
// together.
//
// Idempotent by supplier, contributor and task: the same answers again change nothing, other answers are
// refused. A bad row is reported and the others are taken. Annotators are made as they appear.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/app/tasks/import_tasks.h"
#include "mizan/base/result.h"
#include "mizan/dataset/tasks/task_source.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct ImportAnnotations {
  domain::ProjectId project;
  domain::SupplierId supplier;
  dataset::TaskFormat format = dataset::TaskFormat::jsonl;
  dataset::ReadBytes read{};       ///< rows of annotation_rows.h
  std::size_t error_limit = 100;   ///< errors that are kept; all are counted
  std::size_t rows_at_once = 100;  ///< in one transaction
};

struct AnnotationImport {
  std::int64_t taken_count = 0;
  std::int64_t unchanged_count = 0;  ///< they were there already
  std::int64_t refused_count = 0;
  std::vector<RowError> errors{};
};

/// Whether the caller may import for this supplier: asked before anything of the request is judged.
/// @errors forbidden: the annotations are another supplier's
[[nodiscard]] Result<void> may_import_annotations(const Caller& caller, const rules::Scope& target);

/// Rows that were taken stay when the stream breaks off: send it again.
/// @errors not_found: no such project or supplier on it, or it has no template; illegal_transition: the
///         supplier is suspended; those of dataset::open_task_source and of the stream
/// @cost   O(rows), in constant memory
[[nodiscard]] Result<AnnotationImport> import_annotations(Service& service, const Caller& caller,
                                                          const ImportAnnotations& command);

}  // namespace mizan::app
