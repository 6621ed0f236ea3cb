#include "mizan/app/tasks/task_plan.h"

#include <utility>

#include <boost/json/parse.hpp>

#include "mizan/rules/batch.h"
#include "mizan/rules/overlap.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/templates.h"

namespace mizan::app {
namespace {

Result<domain::OverlapSettings> overlap_of(const store::ProjectRow& project) {
  boost::json::error_code error;
  const auto document = boost::json::parse(project.settings, error);
  if (error || !document.is_object()) return domain::OverlapSettings{};
  MIZAN_TRY(const auto settings, domain::parse_project_settings(document.get_object()));
  return settings.overlap;
}

Result<std::optional<domain::Template>> newest_template(store::Transaction& tx,
                                                        const store::ProjectRow& project) {
  if (project.template_version == 0) return std::optional<domain::Template>();
  MIZAN_TRY(const auto row, store::find_template(tx, project.project_id, project.template_version));
  if (!row) return std::optional<domain::Template>();
  MIZAN_TRY(auto parsed, domain::parse_template(row->document));
  return std::optional(std::move(parsed));
}

}  // namespace

Result<ImportProject> read_import_project(Service& service, domain::ProjectId project) {
  return service.database().read([&](store::Transaction& tx) -> Result<ImportProject> {
    MIZAN_TRY(const auto row, store::find_project(tx, project));
    if (!row) return fail(ErrorCode::not_found, "there is no project " + to_text(project), "project_id");
    if (row->state == "archived")
      return fail(ErrorCode::illegal_transition, "the project is archived: it takes no more tasks",
                  "project_id");
    ImportProject out{.project_id = project};
    MIZAN_TRY(out.overlap, overlap_of(*row));
    MIZAN_TRY(out.task_template, newest_template(tx, *row));
    return out;
  });
}

Result<const store::BatchRow*> TaskPlanner::find_batch(const std::string& name_or_id) {
  const auto known = batches_.find(name_or_id);
  if (known != batches_.end()) return known->second ? &*known->second : nullptr;
  const auto id = parse_id<domain::BatchId>(name_or_id);
  MIZAN_TRY(auto found, service_.database().read([&](store::Transaction& tx) {
    return id ? store::find_batch(tx, {project_.project_id, *id})
              : store::find_batch_by_name(tx, project_.project_id, name_or_id);
  }));
  const auto& kept = batches_.emplace(name_or_id, std::move(found)).first->second;
  return kept ? &*kept : nullptr;
}

Result<store::NewTask> TaskPlanner::plan(CheckedTask&& task) {
  const store::BatchRow* batch = nullptr;
  if (!task.batch.empty()) {
    MIZAN_TRY(batch, find_batch(task.batch));
    if (batch == nullptr)
      return fail(ErrorCode::not_found, "there is no batch '" + task.batch + "'", "/batch",
                  "create the batch first");
  }
  const std::int64_t priority = task.priority > 0 || batch == nullptr ? task.priority : batch->priority;
  const store::LaneRow lane{
      .project_id = project_.project_id,
      .rank = store::rank_of(priority, false),
      .supplier_id = batch != nullptr && batch->supplier_id ? *batch->supplier_id : domain::SupplierId{},
      .domain = task.domain,
      .language = task.language};
  store::NewTask out{.task_id = service_.ids().make<domain::TaskId>(),
                     .external_id = std::move(task.external_id),
                     .domain = std::move(task.domain),
                     .language = std::move(task.language),
                     .payload = std::move(task.payload),
                     .pre_annotation = std::move(task.pre_annotation),
                     .content_hash = std::move(task.content_hash)};
  out.lane_id = store::lane_id(lane);
  lanes_.try_emplace(out.lane_id, lane);
  out.wanted_count = rules::wanted_annotations(project_.overlap, out.task_id);
  if (batch != nullptr) out.batch_id = batch->batch_id;
  if (task.gold) {
    out.state = rules::TaskState::gold;
    out.gold = store::GoldAnswerRow{.project_id = project_.project_id,
                                    .task_id = out.task_id,
                                    .answers = std::move(task.gold->answers),
                                    .explanation = std::move(task.gold->explanation),
                                    .concept_name = std::move(task.gold->concept_name),
                                    .difficulty = task.gold->difficulty,
                                    .created_at = service_.now()};
  }
  return out;
}

Result<rules::TaskState> state_in_batch(store::Transaction& tx, const store::BatchKey& batch) {
  MIZAN_TRY(const auto row, store::hold_batch(tx, batch));
  if (!row) return fail(ErrorCode::not_found, "the batch is gone", "/batch");
  MIZAN_TRY(const auto state, rules::kBatchStates.parse(row->state));
  if (!rules::takes_tasks(state))
    return fail(ErrorCode::illegal_transition, "a batch that is " + row->state + " takes no more tasks",
                "/batch");
  return rules::gives_leases(state) ? rules::TaskState::open : rules::TaskState::held;
}

}  // namespace mizan::app
