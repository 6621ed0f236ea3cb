// Every annotation of a project as a file: who said what of which task and when.
#pragma once

#include <memory>

#include "mizan/app/access/caller.h"
#include "mizan/app/exports/row_export.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct ExportAnnotations {
  domain::ProjectId project;
  dataset::RowFormat format = dataset::RowFormat::jsonl;
  bool newest_only = false;  ///< without those that were revised
};

/// Columns: docs/formats/export.md. What was submitted before the call, by id. A supplier's own people get
/// the annotations of that supplier, without anything that names a task: gold would show.
/// @errors not_found: no such project; forbidden
[[nodiscard]] Result<std::unique_ptr<RowExport>> export_annotations(Service& service, const Caller& caller,
                                                                    const ExportAnnotations& command);

}  // namespace mizan::app
