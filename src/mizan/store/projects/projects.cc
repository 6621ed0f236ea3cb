#include "mizan/store/projects/projects.h"

namespace mizan::store {
namespace {

#define MIZAN_SELECT_PROJECTS                                                                         \
  "SELECT project_id, name, state, instructions, settings, template_version, created_at_us, version " \
  "FROM projects "

constexpr Query kInsertProject{"insert_project",
                               "INSERT INTO projects (project_id, name, state, instructions, settings, "
                               "template_version, created_at_us, version) "
                               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"};
constexpr Query kFindProject{"find_project", MIZAN_SELECT_PROJECTS "WHERE project_id = $1"};
constexpr Query kFindProjectByName{"find_project_by_name", MIZAN_SELECT_PROJECTS "WHERE name = $1"};
constexpr Query kProjectsAfter{"projects_after",
                               MIZAN_SELECT_PROJECTS "WHERE project_id > $1 ORDER BY project_id LIMIT $2"};
#undef MIZAN_SELECT_PROJECTS

constexpr Query kUpdateProject{"update_project",
                               "UPDATE projects SET name = $3, state = $4, instructions = $5, settings = $6, "
                               "version = $2 + 1 WHERE project_id = $1 AND version = $2"};
constexpr Query kTakeTemplateVersion{
    "take_template_version",
    "UPDATE projects SET template_version = template_version + 1, "
    "version = version + 1 WHERE project_id = $1 RETURNING template_version"};
constexpr Query kCountTasks{"count_tasks",
                            "SELECT state, COUNT(*), CAST(SUM(wanted_count) AS @int), "
                            "CAST(SUM(live_count) AS @int), CAST(SUM(done_count) AS @int) "
                            "FROM task_states WHERE project_id = $1 GROUP BY state ORDER BY state"};
constexpr Query kCountBySupplier{"count_by_supplier",
                                 "SELECT supplier_id, state, COUNT(*) FROM assignments WHERE project_id = $1 "
                                 "GROUP BY supplier_id, state ORDER BY supplier_id, state"};

ProjectRow read_project(const Row& row) {
  return {.project_id = row.id<domain::ProjectId>(0),
          .name = row.string(1),
          .state = row.string(2),
          .instructions = row.string(3),
          .settings = row.string(4),
          .template_version = row.integer(5),
          .created_at = row.instant(6),
          .version = row.integer(7)};
}

}  // namespace

Result<bool> insert_project(Transaction& tx, const ProjectRow& row) {
  MIZAN_TRY(const auto count,
            tx.execute(kInsertProject, row.project_id, row.name, row.state, row.instructions, row.settings,
                       row.template_version, row.created_at, row.version));
  if (count == 1) return true;
  MIZAN_TRY(const auto found, find_project_by_name(tx, row.name));
  return found && found->project_id == row.project_id;
}

Result<std::optional<ProjectRow>> find_project(Transaction& tx, domain::ProjectId id) {
  return tx.maybe_row(kFindProject, read_project, id);
}

Result<std::optional<ProjectRow>> find_project_by_name(Transaction& tx, std::string_view name) {
  return tx.maybe_row(kFindProjectByName, read_project, name);
}

Result<std::vector<ProjectRow>> projects_after(Transaction& tx, domain::ProjectId after, std::int64_t limit) {
  return tx.rows(kProjectsAfter, read_project, after, limit);
}

Result<bool> update_project(Transaction& tx, const ProjectRow& row) {
  MIZAN_TRY(const auto count, tx.execute(kUpdateProject, row.project_id, row.version, row.name, row.state,
                                         row.instructions, row.settings));
  return count == 1;
}

Result<std::optional<std::int64_t>> take_template_version(Transaction& tx, domain::ProjectId id) {
  return tx.maybe_row(
      kTakeTemplateVersion, [](const Row& row) { return row.integer(0); }, id);
}

Result<std::vector<TaskCount>> count_tasks(Transaction& tx, domain::ProjectId id) {
  return tx.rows(
      kCountTasks,
      [](const Row& row) {
        return TaskCount{.state = row.string(0),
                         .task_count = row.integer(1),
                         .wanted_count = row.integer(2),
                         .live_count = row.integer(3),
                         .done_count = row.integer(4)};
      },
      id);
}

Result<std::vector<SupplierCount>> count_by_supplier(Transaction& tx, domain::ProjectId id) {
  return tx.rows(
      kCountBySupplier,
      [](const Row& row) {
        return SupplierCount{.supplier_id = row.id<domain::SupplierId>(0),
                             .state = row.string(1),
                             .assignment_count = row.integer(2)};
      },
      id);
}

}  // namespace mizan::store
