// A template from another program's configuration, as the next version of a project's template.
#pragma once

#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/projects/templates.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct ImportTemplate {
  domain::ProjectId project;
  std::string xml;            ///< a Label Studio labelling configuration
  bool preview_only = false;  ///< convert, and append nothing
};
struct ImportedTemplate {
  TemplateVersion version;         ///< of a preview the document only; its number is 0
  std::vector<std::string> notes;  ///< what was left out, one sentence each
};
/// @errors malformed_template: `where` is the line; those of append_template
[[nodiscard]] Result<ImportedTemplate> import_template(Service& service, const Caller& caller,
                                                       const ImportTemplate& command);

}  // namespace mizan::app
