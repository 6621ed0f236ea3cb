#include "mizan/store/work/tasks.h"

namespace mizan::store {
namespace {

#define MIZAN_TASK_COLUMNS                                                                                \
  "SELECT t.task_id, t.external_id, t.domain, t.language, t.payload, t.pre_annotation, t.created_at_us, " \
  "s.state, s.lane_id, s.position, s.wanted_count, s.live_count, s.done_count, s.batch_id, l.rank FROM "  \
  "tasks t "                                                                                              \
  "JOIN task_states s ON s.project_id = t.project_id AND s.task_id = t.task_id "                          \
  "JOIN lanes l ON l.project_id = s.project_id AND l.lane_id = s.lane_id WHERE t.project_id = $1 "

constexpr Query kFindTask{"find_task", MIZAN_TASK_COLUMNS "AND t.task_id = $2"};
constexpr Query kFindTaskByExternalId{"find_task_by_external_id",
                                      MIZAN_TASK_COLUMNS "AND t.external_id = $2"};
constexpr Query kListTasks{
    "list_tasks", MIZAN_TASK_COLUMNS
    "AND t.task_id > $2 AND s.task_id > $2 AND ($4 = '' OR s.state = $4) AND ($5 = 0 OR s.batch_id = $5) "
    "ORDER BY t.task_id LIMIT $3"};
#undef MIZAN_TASK_COLUMNS

auto read_task(domain::ProjectId project) {
  return [project](const Row& row) -> Result<TaskRow> {
    MIZAN_TRY(const auto state, rules::kTaskStates.parse(row.text(7)));
    return TaskRow{.task_id = row.id<domain::TaskId>(0),
                   .external_id = row.string(1),
                   .domain = row.string(2),
                   .language = row.string(3),
                   .payload = row.string(4),
                   .pre_annotation = row.maybe_text(5),
                   .created_at = row.instant(6),
                   .state = {.project_id = project,
                             .task_id = row.id<domain::TaskId>(0),
                             .state = state,
                             .lane_id = row.integer(8),
                             .position = row.integer(9),
                             .counts = {.wanted_count = static_cast<int>(row.integer(10)),
                                        .live_count = static_cast<int>(row.integer(11)),
                                        .done_count = static_cast<int>(row.integer(12))},
                             .batch_id = row.maybe_id<domain::BatchId>(13)},
                   .priority = row.integer(14) >> 1};
  };
}

}  // namespace

Result<std::optional<TaskRow>> find_task(Transaction& tx, domain::ProjectId project, domain::TaskId task) {
  return tx.maybe_row(kFindTask, read_task(project), project, task);
}

Result<std::optional<TaskRow>> find_task_by_external_id(Transaction& tx, domain::ProjectId project,
                                                        std::string_view external_id) {
  return tx.maybe_row(kFindTaskByExternalId, read_task(project), project, external_id);
}

Result<std::vector<TaskRow>> list_tasks(Transaction& tx, const TaskPage& page) {
  return tx.rows(kListTasks, read_task(page.project_id), page.project_id, page.after, page.limit, page.state,
                 page.batch ? page.batch->value : 0);
}

}  // namespace mizan::store
