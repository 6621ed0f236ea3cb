#include "mizan/app/tasks/tasks.h"

#include <utility>

#include "mizan/app/tasks/chunk_writer.h"
#include "mizan/app/tasks/task_plan.h"
#include "mizan/dataset/tasks/task_json.h"

namespace mizan::app {
namespace {

/// Keeps the one row of a request.
class OneRow final : public dataset::TaskSink {
 public:
  explicit OneRow(const domain::Template* task_template) : task_template_(task_template) {}

  void on_task(const dataset::TaskRecord& record) override { task = check_task(record, task_template_); }
  void on_bad_row(std::uint64_t /*line*/, Error error) override { task = fail(std::move(error)); }

  Result<CheckedTask> task = fail(ErrorCode::malformed_json, "there is no task", "/");

 private:
  const domain::Template* task_template_;
};

tl::unexpected<Error> no_such_task() {
  return fail(ErrorCode::not_found, "there is no such task in this project", "task_id");
}

Result<CreatedTask> insert_or_find(store::Transaction& tx, store::NewTask& task, const store::LaneRow& lane,
                                   Instant now) {
  const domain::ProjectId project = lane.project_id;
  if (task.batch_id) {
    MIZAN_TRY(const auto state, state_in_batch(tx, {project, *task.batch_id}));
    if (!task.gold) task.state = state;
  }
  MIZAN_CHECK_OK(store::ensure_lane(tx, lane));
  MIZAN_TRY(const auto existing, store::insert_tasks(tx, project, {&task, 1}, now));
  const bool is_new = existing.empty();
  if (!is_new && !(existing[0].is_same && existing[0].is_visible))
    return fail(conflict_of(task, existing[0], 1).error);
  MIZAN_TRY(auto found, store::find_task(tx, project, is_new ? task.task_id : existing[0].task_id));
  if (!found) return no_such_task();
  return CreatedTask{*std::move(found), is_new};
}

}  // namespace

Result<CreatedTask> create_task(Service& service, const Caller& caller, const CreateTask& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::import_tasks, rules::at(command.project_id)));
  MIZAN_TRY(const auto project, read_import_project(service, command.project_id));
  OneRow row(project.questions());
  dataset::read_task_json(command.row, 1, row);
  MIZAN_TRY(auto checked, std::move(row.task));
  TaskPlanner planner(service, project);
  MIZAN_TRY(auto task, planner.plan(std::move(checked)));
  const store::LaneRow lane = planner.lane(task.lane_id);
  return service.database().write(
      [&](store::Transaction& tx) { return insert_or_find(tx, task, lane, service.now()); });
}

Result<store::TaskRow> read_task(Service& service, const Caller& caller, domain::ProjectId project,
                                 domain::TaskId task) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::read_task, rules::at(project)));
  MIZAN_TRY(auto found, service.database().read(
                            [&](store::Transaction& tx) { return store::find_task(tx, project, task); }));
  if (!found) return no_such_task();
  return *std::move(found);
}

Result<std::vector<store::TaskRow>> list_tasks(Service& service, const Caller& caller,
                                               const ListTasks& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_tasks, rules::at(query.project_id)));
  if (!query.state.empty()) {
    const auto state = rules::kTaskStates.parse(query.state);
    if (!state) return fail(state.error());
  }
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<store::TaskRow>> {
    if (query.external_id.empty())
      return store::list_tasks(tx, {.project_id = query.project_id,
                                    .after = query.after,
                                    .limit = query.limit,
                                    .state = query.state,
                                    .batch = query.batch});
    MIZAN_TRY(auto found, store::find_task_by_external_id(tx, query.project_id, query.external_id));
    std::vector<store::TaskRow> rows;
    const bool fits = found && found->task_id > query.after &&
                      (query.state.empty() || to_text(found->state.state) == query.state) &&
                      (!query.batch || found->state.batch_id == query.batch);
    if (fits) rows.push_back(*std::move(found));
    return rows;
  });
}

}  // namespace mizan::app
