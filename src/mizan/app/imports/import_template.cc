#include "mizan/app/imports/import_template.h"

#include <utility>

#include "mizan/domain/label_studio/from_label_studio.h"

namespace mizan::app {

Result<ImportedTemplate> import_template(Service& service, const Caller& caller,
                                         const ImportTemplate& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_template, rules::at(command.project)));
  MIZAN_TRY(auto converted, domain::template_from_label_studio(command.xml));
  ImportedTemplate imported{.version = {}, .notes = std::move(converted.notes)};
  if (command.preview_only) {
    imported.version.project_id = command.project;
    imported.version.document = std::move(converted.document);
    return imported;
  }
  MIZAN_TRY(imported.version,
            append_template(service, caller,
                            {.project_id = command.project, .document = std::move(converted.document)}));
  return imported;
}

}  // namespace mizan::app
