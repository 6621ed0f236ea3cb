// Writes what an audit found: report.json and the tables (docs/formats/tables.md) into a folder, all or
// nothing.
#pragma once

#include <string>
#include <vector>

#include "mizan/app/audit.h"
#include "mizan/dataset/write/table.h"

namespace mizan::app {

/// Writes `report.json` and, for each question, consensus, annotators, suppliers, pairs and agreement. With
/// several questions their names stand in the file names: consensus.<question>.csv.
/// @out    the names of the files, in the order of writing
/// @errors file_unwritable
[[nodiscard]] Result<std::vector<std::string>> write_audit_tables(const AuditOutcome& outcome,
                                                                  const std::string& folder,
                                                                  dataset::TableFormat format,
                                                                  ThreadPool& pool);

/// Writes the report as one HTML page; of very many annotators the first few hundred, which the page says.
/// @errors file_unwritable
[[nodiscard]] Result<void> write_audit_page(const AuditReport& report, const std::string& path);

}  // namespace mizan::app
