#include "mizan/app/projects/clone_project.h"

#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/projects/change.h"
#include "mizan/app/projects/checks.h"
#include "mizan/store/projects/project_suppliers.h"
#include "mizan/store/projects/question_classes.h"
#include "mizan/store/projects/templates.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

struct Blueprint {
  Project project;
  std::vector<store::TemplateRow> templates;
  std::vector<store::QuestionClass> classes;
  std::vector<store::ProjectSupplierRow> suppliers;
};

Result<Blueprint> load(store::Transaction& tx, domain::ProjectId id) {
  Blueprint loaded;
  MIZAN_TRY(auto project, store::find_project(tx, id));
  if (!project) return no_such("project", to_text(id));
  loaded.project = *std::move(project);
  for (std::int64_t version = 1; version <= loaded.project.template_version; ++version) {
    MIZAN_TRY(auto found, store::find_template(tx, id, version));
    if (found) loaded.templates.push_back(*std::move(found));
  }
  MIZAN_TRY(loaded.classes, store::question_classes(tx, id));
  MIZAN_TRY(loaded.suppliers, store::suppliers_of_project(tx, id));
  return loaded;
}

json::object supplier_json(const store::ProjectSupplierRow& row) {
  json::object document{{"supplier_id", to_text(row.supplier_id)}, {"state", row.state}};
  document["granted_fields"] = nullptr;
  if (row.granted_fields) {
    document["granted_fields"] = json::array(row.granted_fields->begin(), row.granted_fields->end());
  }
  document["price_micros"] = nullptr;
  if (row.price_micros) document["price_micros"] = *row.price_micros;
  document["currency"] = row.currency;
  return document;
}

std::string to_json(const Blueprint& blueprint) {
  json::array templates;
  for (const auto& row : blueprint.templates) templates.push_back(json::parse(row.document));
  json::array classes;
  for (const auto& row : blueprint.classes)
    classes.push_back(
        {{"question", row.question}, {"class_code", row.class_code}, {"class", row.class_name}});
  json::array suppliers;
  for (const auto& row : blueprint.suppliers) suppliers.push_back(supplier_json(row));
  return json::serialize(json::object{{"instructions", blueprint.project.instructions},
                                      {"settings", json::parse(blueprint.project.settings)},
                                      {"templates", std::move(templates)},
                                      {"question_classes", std::move(classes)},
                                      {"suppliers", std::move(suppliers)}});
}

// Writes the blueprint's parts under the new project's id.
Result<void> insert_parts(store::Transaction& tx, const Blueprint& blueprint, const Project& clone) {
  for (store::TemplateRow row : blueprint.templates) {
    row.project_id = clone.project_id;
    MIZAN_CHECK_OK(store::insert_template(tx, row));
  }
  for (const store::QuestionClass& row : blueprint.classes) {
    MIZAN_CHECK_OK(store::append_question_classes(
        tx, {.project_id = clone.project_id, .question = row.question, .classes = {&row.class_name, 1}}));
  }
  for (store::ProjectSupplierRow row : blueprint.suppliers) {
    row.project_id = clone.project_id;
    row.version = 1;
    MIZAN_CHECK_OK(store::insert_project_supplier(tx, row));
  }
  return {};
}

}  // namespace

Result<std::string> read_blueprint(Service& service, const Caller& caller, domain::ProjectId id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::clone_project, rules::at(id)));
  MIZAN_TRY(const auto blueprint,
            service.database().read([&](store::Transaction& tx) { return load(tx, id); }));
  return to_json(blueprint);
}

Result<Project> clone_project(Service& service, const Caller& caller, const CloneProject& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::clone_project, rules::at(command.project_id)));
  MIZAN_CHECK_OK(authorize(caller, rules::Action::create_project, rules::kOrganisation));
  MIZAN_CHECK_OK(check_name(command.name, "/name"));
  const auto id = service.ids().make<domain::ProjectId>();
  const ChangeMaker maker{caller, service.now()};
  auto cloned = service.database().write([&](store::Transaction& tx) -> Result<Project> {
    MIZAN_TRY(const Blueprint blueprint, load(tx, command.project_id));
    Project clone = blueprint.project;
    clone.project_id = id;
    clone.name = command.name;
    clone.state = "active";
    clone.created_at = maker.at;
    clone.version = 1;
    MIZAN_TRY(const bool is_new, store::insert_project(tx, clone));
    if (!is_new) {
      MIZAN_TRY(const auto other, store::find_project_by_name(tx, clone.name));
      return name_taken("project", clone.name, other ? to_text(other->project_id) : "");
    }
    MIZAN_CHECK_OK(insert_parts(tx, blueprint, clone));
    const json::object body{{"project_id", to_text(id)}, {"cloned_from", to_text(command.project_id)}};
    MIZAN_CHECK_OK(note_change(
        tx, maker,
        {.project_id = id, .kind = "project.cloned", .subject = to_text(id), .body = json::serialize(body)}));
    return clone;
  });
  forget_callers(service);  // its suppliers' people reach the clone from now on
  return cloned;
}

}  // namespace mizan::app
