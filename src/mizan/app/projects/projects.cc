#include "mizan/app/projects/projects.h"

#include <array>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/change.h"
#include "mizan/app/projects/checks.h"
#include "mizan/domain/project_settings.h"
#include "mizan/store/work/lanes.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxInstructionsBytes = 1 << 20;

Result<std::string> settings_text(const json::object& document) {
  auto settings = domain::parse_project_settings(document);
  if (!settings) {
    Error error = std::move(settings).error();
    error.where = "/settings" + error.where;
    return fail(std::move(error));
  }
  return json::serialize(domain::to_json(*settings));
}

// RFC 7396, over settings whose members are known by then.
void merge(json::object& target, const json::object& patch) {
  for (const auto& member : patch) {
    json::value& place = target[member.key()];
    if (member.value().is_object() && place.is_object()) {
      merge(place.as_object(), member.value().as_object());
    } else {
      place = member.value();
    }
  }
}

Result<void> apply(const UpdateProject& command, Project& project) {
  if (command.name) {
    MIZAN_CHECK_OK(check_name(*command.name, "/name"));
    project.name = *command.name;
  }
  if (command.instructions) {
    MIZAN_CHECK_OK(check_text(*command.instructions, "/instructions", kMaxInstructionsBytes));
    project.instructions = *command.instructions;
  }
  if (!command.settings) return {};
  json::object settings = json::parse(project.settings).as_object();
  merge(settings, *command.settings);
  MIZAN_TRY(project.settings, settings_text(settings));
  return {};
}

std::string body_of(const Project& project) {
  return json::serialize(json::object{{"project_id", to_text(project.project_id)},
                                      {"name", project.name},
                                      {"state", project.state},
                                      {"version", project.version}});
}

Result<Project> find_visible(store::Transaction& tx, domain::ProjectId id) {
  MIZAN_TRY(auto found, store::find_project(tx, id));
  if (!found) return no_such("project", to_text(id));
  return *std::move(found);
}

// Writes a changed project and tells of it. `project` has the version that was read.
Result<Project> save(store::Transaction& tx, const ChangeMaker& maker, Project project,
                     std::string_view kind) {
  MIZAN_TRY(const bool is_saved, store::update_project(tx, project));
  if (!is_saved) return changed_meanwhile("project", project.version);
  ++project.version;
  MIZAN_CHECK_OK(note_change(tx, maker,
                             {.project_id = project.project_id,
                              .kind = kind,
                              .subject = to_text(project.project_id),
                              .body = body_of(project)}));
  return project;
}

struct ProjectEdge {
  std::string_view from;
  ProjectStep step;
  std::string_view to;
  std::string_view kind;
};
constexpr std::array kProjectEdges{
    ProjectEdge{"active", ProjectStep::pause, "paused", "project.paused"},
    ProjectEdge{"paused", ProjectStep::resume, "active", "project.resumed"},
    ProjectEdge{"active", ProjectStep::archive, "archived", "project.archived"},
    ProjectEdge{"paused", ProjectStep::archive, "archived", "project.archived"},
};

}  // namespace

Result<Project> create_project(Service& service, const Caller& caller, const CreateProject& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::create_project, rules::kOrganisation));
  MIZAN_CHECK_OK(check_name(command.name, "/name"));
  MIZAN_CHECK_OK(check_text(command.instructions, "/instructions", kMaxInstructionsBytes));
  MIZAN_TRY(auto settings, settings_text(command.settings));
  const Project project{.project_id = service.ids().make<domain::ProjectId>(),
                        .name = command.name,
                        .state = "active",
                        .instructions = command.instructions,
                        .settings = std::move(settings),
                        .created_at = service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Project> {
    MIZAN_TRY(const bool is_new, store::insert_project(tx, project));
    if (!is_new) {
      MIZAN_TRY(const auto other, store::find_project_by_name(tx, project.name));
      return name_taken("project", project.name, other ? to_text(other->project_id) : "");
    }
    MIZAN_CHECK_OK(note_change(tx, {caller, project.created_at},
                               {.project_id = project.project_id,
                                .kind = "project.created",
                                .subject = to_text(project.project_id),
                                .body = body_of(project)}));
    return project;
  });
}

Result<Project> read_project(Service& service, const Caller& caller, domain::ProjectId id) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_project, rules::at(id)));
  MIZAN_TRY(Project project,
            service.database().read([&](store::Transaction& tx) { return find_visible(tx, id); }));
  if (grant.reach != rules::Reach::all) project.settings.clear();
  return project;
}

Result<std::vector<Project>> list_projects(Service& service, const Caller& caller,
                                           const ListProjects& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_projects, rules::kOrganisation));
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<Project>> {
    std::vector<Project> seen;
    domain::ProjectId after = query.after;
    while (std::ssize(seen) < query.limit) {
      MIZAN_TRY(auto page, store::projects_after(tx, after, query.limit));
      for (Project& project : page) {
        after = project.project_id;
        const auto grant =
            rules::allowed(caller.memberships, rules::Action::read_project, rules::at(project.project_id));
        if (!grant) continue;
        if (grant.reach != rules::Reach::all) project.settings.clear();
        if (std::ssize(seen) < query.limit) seen.push_back(std::move(project));
      }
      if (std::ssize(page) < query.limit) break;
    }
    return seen;
  });
}

Result<Project> update_project(Service& service, const Caller& caller, const UpdateProject& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_project, rules::at(command.project_id)));
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Project> {
    MIZAN_TRY(Project project, find_visible(tx, command.project_id));
    if (project.version != command.version) return changed_meanwhile("project", command.version);
    if (project.state == "archived") {
      return fail(ErrorCode::illegal_transition, "an archived project cannot be edited", {},
                  "clone it to go on working");
    }
    MIZAN_CHECK_OK(apply(command, project));
    MIZAN_TRY(const auto other, store::find_project_by_name(tx, project.name));
    if (other && other->project_id != project.project_id) {
      return name_taken("project", project.name, to_text(other->project_id));
    }
    // Teams decide who is eligible: everybody looks at the whole queue again.
    if (command.settings) MIZAN_CHECK_OK(store::forget_all_cursors(tx, project.project_id));
    return save(tx, maker, std::move(project), "project.updated");
  });
}

Result<Project> step_project(Service& service, const Caller& caller, domain::ProjectId id, ProjectStep step) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_project, rules::at(id)));
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Project> {
    MIZAN_TRY(Project project, find_visible(tx, id));
    for (const ProjectEdge& edge : kProjectEdges) {
      if (edge.from != project.state || edge.step != step) continue;
      project.state = edge.to;
      return save(tx, maker, std::move(project), edge.kind);
    }
    return fail(ErrorCode::illegal_transition, "a project that is " + project.state + " has no such step", {},
                "active can be paused or archived, paused can be resumed or archived");
  });
}

}  // namespace mizan::app
