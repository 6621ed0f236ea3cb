// Template versions of a project: appended, never changed, so that every annotation names what it answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/question_classes.h"
#include "mizan/store/projects/templates.h"

namespace mizan::app {

using TemplateVersion = store::TemplateRow;

struct AppendTemplate {
  domain::ProjectId project_id;
  std::string document;  ///< JSON of docs/formats/template.md
};
/// Appends a version, and gives codes to the classes of its questions that have none yet. The newest
/// version's own document again appends nothing and returns that version.
/// @errors malformed_template with the place in the document; illegal_transition: the project is archived
[[nodiscard]] Result<TemplateVersion> append_template(Service& service, const Caller& caller,
                                                      const AppendTemplate& command);

struct CheckTemplate {
  domain::ProjectId project_id;
  std::string document;                  ///< JSON
  std::optional<std::string> payload{};  ///< of a sample task, JSON
};
/// What is wrong with a document, and with a sample task for it; nothing is kept.
struct TemplateProblems {
  std::optional<Error> document{};  ///< what append_template would say
  std::optional<Error> payload{};   ///< what an import would say of it; unknown while the document is wrong
};
[[nodiscard]] Result<TemplateProblems> check_template(const Caller& caller, const CheckTemplate& query);

/// @in     template_version  nothing = the newest
/// @errors not_found
[[nodiscard]] Result<TemplateVersion> read_template(Service& service, const Caller& caller,
                                                    domain::ProjectId project_id,
                                                    std::optional<std::int64_t> template_version);

/// Every version, oldest first, without documents.
[[nodiscard]] Result<std::vector<TemplateVersion>> list_template_versions(Service& service,
                                                                          const Caller& caller,
                                                                          domain::ProjectId project_id);

/// The codes of all classes of the project's questions.
[[nodiscard]] Result<std::vector<store::QuestionClass>> list_question_classes(Service& service,
                                                                              const Caller& caller,
                                                                              domain::ProjectId project_id);

}  // namespace mizan::app
