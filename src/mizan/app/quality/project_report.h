// The audit report of a project: what `mizan audit` says of a file, said of the project's own labels.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/audit_report.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct ProjectReport {
  AuditReport report;
  std::string project_name;
  std::vector<std::string> annotator_names;     ///< as the report has them
  std::vector<domain::AnnotatorId> annotators;  ///< in the same order
};

/// @errors not_found: no labels yet; cannot_be_known: more labels than one report can weigh
/// @cost   that of an audit when labels have come (docs: about a second for a million labels); else none
[[nodiscard]] Result<std::shared_ptr<const ProjectReport>> read_project_report(Service& service,
                                                                               const Caller& caller,
                                                                               domain::ProjectId project);
/// The same without asking who wants it: for verbs that have asked.
[[nodiscard]] Result<std::shared_ptr<const ProjectReport>> make_project_report(Service& service,
                                                                               domain::ProjectId project);

/// As one HTML page that needs no network (app/report_page.h); of very many annotators the first few hundred.
[[nodiscard]] std::string project_report_page(const ProjectReport& report);
/// As report.json (docs/formats/report.md).
[[nodiscard]] std::string project_report_json(const ProjectReport& report);

}  // namespace mizan::app
