// The consensus of a project as a file: the answer to each question of each task, and how sure it is.
#pragma once

#include <memory>

#include "mizan/app/access/caller.h"
#include "mizan/app/exports/row_export.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {

struct ExportConsensus {
  domain::ProjectId project;
  dataset::RowFormat format = dataset::RowFormat::jsonl;
  store::ConsensusFilter filter{};
};

/// Columns: docs/formats/export.md. By task, then question; each row as it is when its turn comes.
/// @errors not_found: no such project; forbidden
[[nodiscard]] Result<std::unique_ptr<RowExport>> export_consensus(Service& service, const Caller& caller,
                                                                  const ExportConsensus& command);

}  // namespace mizan::app
