#include "mizan/app/projects/annotators.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/app/access/authenticate.h"
#include "mizan/app/projects/change.h"
#include "mizan/app/projects/checks.h"
#include "mizan/app/projects/revoke.h"
#include "mizan/store/projects/project_suppliers.h"
#include "mizan/store/projects/suppliers.h"
#include "mizan/store/work/lanes.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

bool may_touch(const rules::Grant& grant, const Caller& caller, const Annotator& annotator) {
  if (grant.reach == rules::Reach::mine) return caller.annotator == annotator.annotator_id;
  return grant.covers(annotator.supplier_id);
}

Result<Annotator> find_touchable(store::Transaction& tx, const Caller& caller, const rules::Grant& grant,
                                 domain::AnnotatorId id) {
  MIZAN_TRY(auto found, store::find_annotator(tx, id));
  if (!found || !may_touch(grant, caller, *found)) return no_such("annotator", to_text(id));
  return *std::move(found);
}

/// Who is behind a pseudonym is the owner's, the supplier's and the annotator's own to know.
Annotator as_known_to(const Caller& caller, Annotator annotator) {
  const auto grant = rules::allowed_for_row(caller.memberships, rules::Action::read_annotator_identity,
                                            rules::at(annotator.supplier_id));
  if (!may_touch(grant, caller, annotator)) annotator.name.clear();
  return annotator;
}

std::string body_of(const Annotator& annotator) {
  return json::serialize(json::object{{"annotator_id", to_text(annotator.annotator_id)},
                                      {"supplier_id", to_text(annotator.supplier_id)},
                                      {"state", annotator.state},
                                      {"version", annotator.version}});
}

Result<Annotator> save(store::Transaction& tx, const ChangeMaker& maker, Annotator annotator,
                       std::string_view kind) {
  MIZAN_TRY(const bool is_saved, store::update_annotator(tx, annotator));
  if (!is_saved) return changed_meanwhile("annotator", annotator.version);
  ++annotator.version;
  MIZAN_CHECK_OK(note_change(
      tx, maker, {.kind = kind, .subject = to_text(annotator.annotator_id), .body = body_of(annotator)}));
  return annotator;
}

Result<void> look_again(store::Transaction& tx, const Annotator& annotator) {
  MIZAN_TRY(const auto projects, store::projects_of_supplier(tx, annotator.supplier_id));
  for (const domain::ProjectId project : projects)
    MIZAN_CHECK_OK(store::forget_cursors(tx, project, annotator.annotator_id));
  return {};
}

struct StateStep {
  std::string_view to;
  std::string_view kind;
};

Result<Annotator> step_annotator(Service& service, const Caller& caller, domain::AnnotatorId id,
                                 const StateStep& step) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::change_annotator, rules::kOrganisation));
  const ChangeMaker maker{caller, service.now()};
  auto stepped = service.database().write([&](store::Transaction& tx) -> Result<Annotator> {
    MIZAN_TRY(Annotator annotator, find_touchable(tx, caller, grant, id));
    if (annotator.state == step.to) return annotator;
    annotator.state = step.to;
    return save(tx, maker, std::move(annotator), step.kind);
  });
  forget_callers(service);
  return stepped;
}

}  // namespace

Result<Annotator> create_annotator(Service& service, const Caller& caller, const CreateAnnotator& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::create_annotator, rules::at(command.supplier_id)));
  MIZAN_CHECK_OK(check_name(command.contributor_id, "/contributor_id"));
  Annotator annotator{.annotator_id = service.ids().make<domain::AnnotatorId>(),
                      .supplier_id = command.supplier_id,
                      .contributor_id = command.contributor_id,
                      .state = "active",
                      .created_at = service.now()};
  MIZAN_TRY(annotator.languages, name_set(command.languages, "/languages"));
  MIZAN_TRY(annotator.domains, name_set(command.domains, "/domains"));
  MIZAN_TRY(annotator.teams, name_set(command.teams, "/teams"));
  return service.database().write([&](store::Transaction& tx) -> Result<Annotator> {
    MIZAN_TRY(const auto supplier, store::find_supplier(tx, command.supplier_id));
    if (!supplier) return no_such("supplier", to_text(command.supplier_id));
    MIZAN_TRY(const bool is_new, store::insert_annotator(tx, annotator));
    if (!is_new) {
      MIZAN_TRY(const auto other,
                store::find_contributor(tx, annotator.supplier_id, annotator.contributor_id));
      return fail(ErrorCode::conflict,
                  "the supplier has the contributor \"" + annotator.contributor_id + "\" already, as " +
                      (other ? to_text(other->annotator_id) : ""),
                  "/contributor_id");
    }
    MIZAN_CHECK_OK(note_change(tx, {caller, annotator.created_at},
                               {.kind = "annotator.created",
                                .subject = to_text(annotator.annotator_id),
                                .body = body_of(annotator)}));
    return annotator;
  });
}

Result<Annotator> read_annotator(Service& service, const Caller& caller, domain::AnnotatorId id) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_annotator, rules::kOrganisation));
  MIZAN_TRY(auto found, service.database().read(
                            [&](store::Transaction& tx) { return find_touchable(tx, caller, grant, id); }));
  return as_known_to(caller, std::move(found));
}

Result<std::vector<Annotator>> list_annotators(Service& service, const Caller& caller,
                                               const ListAnnotators& query) {
  MIZAN_TRY(const auto grant,
            authorize(caller, rules::Action::list_annotators, rules::at(query.supplier_id)));
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<Annotator>> {
    MIZAN_TRY(const auto supplier, store::find_supplier(tx, query.supplier_id));
    if (!supplier) return no_such("supplier", to_text(query.supplier_id));
    MIZAN_TRY(auto page,
              store::annotators_of_supplier(
                  tx, {.supplier_id = query.supplier_id, .after = query.after, .limit = query.limit}));
    if (grant.reach == rules::Reach::mine) {
      std::erase_if(page, [&](const Annotator& each) { return !may_touch(grant, caller, each); });
    }
    for (Annotator& each : page) each = as_known_to(caller, std::move(each));
    return page;
  });
}

Result<Annotator> update_annotator(Service& service, const Caller& caller, const UpdateAnnotator& command) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::change_annotator, rules::kOrganisation));
  MIZAN_TRY(const auto languages,
            name_set(command.languages.value_or(std::vector<std::string>()), "/languages"));
  MIZAN_TRY(const auto domains, name_set(command.domains.value_or(std::vector<std::string>()), "/domains"));
  MIZAN_TRY(const auto teams, name_set(command.teams.value_or(std::vector<std::string>()), "/teams"));
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Annotator> {
    MIZAN_TRY(Annotator annotator, find_touchable(tx, caller, grant, command.annotator_id));
    if (annotator.version != command.version) return changed_meanwhile("annotator", command.version);
    if (command.languages) annotator.languages = languages;
    if (command.domains) annotator.domains = domains;
    if (command.teams) annotator.teams = teams;
    MIZAN_CHECK_OK(look_again(tx, annotator));
    return save(tx, maker, std::move(annotator), "annotator.updated");
  });
}

Result<Annotator> suspend_annotator(Service& service, const Caller& caller, domain::AnnotatorId id) {
  MIZAN_TRY(Annotator annotator,
            step_annotator(service, caller, id, {.to = "suspended", .kind = "annotator.suspended"}));
  MIZAN_CHECK_OK(revoke_live_assignments(service, {.annotator_id = id, .reason = "annotator_suspended"}));
  return annotator;
}

Result<Annotator> resume_annotator(Service& service, const Caller& caller, domain::AnnotatorId id) {
  return step_annotator(service, caller, id, {.to = "active", .kind = "annotator.resumed"});
}

}  // namespace mizan::app
