// AuditReport as report.json: schema "mizan.audit.report", version 1, documented in docs/formats/report.md.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "mizan/app/audit_report.h"

namespace mizan::app {

/// @in most_annotators  how many annotators of each question to write (the report's order); default all
[[nodiscard]] std::string report_json(const AuditReport& report,
                                      std::size_t most_annotators = std::numeric_limits<std::size_t>::max());

}  // namespace mizan::app
