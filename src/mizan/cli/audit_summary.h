// The audit report as text for a terminal.
#pragma once

#include <string>

#include "mizan/app/audit_report.h"
#include "mizan/cli/terminal.h"

namespace mizan::cli {

/// Verdict first, then suppliers, annotators, consensus, method and limits; plain text where there is no
/// terminal.
[[nodiscard]] std::string audit_summary(const app::AuditReport& report, const Terminal& terminal);

}  // namespace mizan::cli
