#include "mizan/app/projects/templates.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/change.h"
#include "mizan/app/projects/checks.h"
#include "mizan/domain/template/labels.h"
#include "mizan/domain/template/template.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

// One spelling of a document, so that the same document is recognised.
Result<std::string> compact(const std::string& document) {
  json::error_code failed;
  const json::value value = json::parse(document, failed);
  if (failed) return fail(ErrorCode::malformed_template, "the template is not JSON: " + failed.message());
  return json::serialize(value);
}

Result<void> append_classes(store::Transaction& tx, domain::ProjectId project_id,
                            const std::vector<domain::InferenceQuestion>& questions) {
  for (const domain::InferenceQuestion& question : questions) {
    MIZAN_CHECK_OK(store::append_question_classes(
        tx, {.project_id = project_id, .question = question.name, .classes = question.classes}));
  }
  return {};
}

std::string body_of(const TemplateVersion& version) {
  return json::serialize(json::object{{"project_id", to_text(version.project_id)},
                                      {"template_version", version.template_version}});
}

// The newest version, when its document is this one.
Result<std::optional<TemplateVersion>> same_again(store::Transaction& tx, const TemplateVersion& wanted) {
  MIZAN_TRY(const auto project, store::find_project(tx, wanted.project_id));
  if (!project) return no_such("project", to_text(wanted.project_id));
  if (project->state == "archived") {
    return fail(ErrorCode::illegal_transition, "an archived project takes no new template");
  }
  if (project->template_version == 0) return std::optional<TemplateVersion>();
  MIZAN_TRY(auto newest, store::find_template(tx, wanted.project_id, project->template_version));
  if (!newest || newest->document != wanted.document) return std::optional<TemplateVersion>();
  return newest;
}

}  // namespace

Result<TemplateVersion> append_template(Service& service, const Caller& caller,
                                        const AppendTemplate& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_template, rules::at(command.project_id)));
  MIZAN_TRY(const domain::Template parsed, domain::parse_template(command.document));
  const auto questions = domain::inference_questions(parsed);
  MIZAN_TRY(auto document, compact(command.document));
  const TemplateVersion wanted{.project_id = command.project_id,
                               .document = std::move(document),
                               .account_id = caller.account,
                               .created_at = service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<TemplateVersion> {
    MIZAN_TRY(auto newest, same_again(tx, wanted));
    if (newest) return *std::move(newest);
    MIZAN_TRY(const auto number, store::take_template_version(tx, wanted.project_id));
    if (!number) return no_such("project", to_text(wanted.project_id));
    TemplateVersion version = wanted;
    version.template_version = *number;
    MIZAN_CHECK_OK(store::insert_template(tx, version));
    MIZAN_CHECK_OK(append_classes(tx, version.project_id, questions));
    MIZAN_CHECK_OK(note_change(tx, {caller, version.created_at},
                               {.project_id = version.project_id,
                                .kind = "template.created",
                                .subject = to_text(version.project_id),
                                .body = body_of(version)}));
    return version;
  });
}

Result<TemplateProblems> check_template(const Caller& caller, const CheckTemplate& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_template, rules::at(query.project_id)));
  TemplateProblems found;
  const auto parsed = domain::parse_template(query.document);
  if (!parsed) {
    found.document = parsed.error();
    return found;
  }
  if (!query.payload) return found;
  json::error_code failed;
  const json::value payload = json::parse(*query.payload, failed);
  if (failed) return fail(ErrorCode::bad_payload, "the payload is not JSON: " + failed.message());
  if (const auto fits = domain::check_payload(*parsed, payload); !fits) found.payload = fits.error();
  return found;
}

Result<TemplateVersion> read_template(Service& service, const Caller& caller, domain::ProjectId project_id,
                                      std::optional<std::int64_t> template_version) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_template, rules::at(project_id)));
  return service.database().read([&](store::Transaction& tx) -> Result<TemplateVersion> {
    std::int64_t number = template_version.value_or(0);
    if (!template_version) {
      MIZAN_TRY(const auto project, store::find_project(tx, project_id));
      if (!project) return no_such("project", to_text(project_id));
      number = project->template_version;
    }
    MIZAN_TRY(auto found, store::find_template(tx, project_id, number));
    if (!found) return no_such("template version", std::to_string(number));
    return *std::move(found);
  });
}

Result<std::vector<TemplateVersion>> list_template_versions(Service& service, const Caller& caller,
                                                            domain::ProjectId project_id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_template, rules::at(project_id)));
  return service.database().read(
      [&](store::Transaction& tx) { return store::template_versions(tx, project_id); });
}

Result<std::vector<store::QuestionClass>> list_question_classes(Service& service, const Caller& caller,
                                                                domain::ProjectId project_id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_template, rules::at(project_id)));
  return service.database().read(
      [&](store::Transaction& tx) { return store::question_classes(tx, project_id); });
}

}  // namespace mizan::app
