#include "mizan/app/projects/batches.h"

#include <array>
#include <utility>

#include "mizan/app/projects/batch_change.h"
#include "mizan/app/projects/checks.h"
#include "mizan/store/projects/batch_tasks.h"
#include "mizan/store/projects/project_suppliers.h"

namespace mizan::app {
namespace {

Result<void> check_priority(std::int64_t priority) {
  if (priority >= -kMaxPriority && priority <= kMaxPriority) return {};
  return fail(ErrorCode::invalid_argument,
              "must be from -" + std::to_string(kMaxPriority) + " to " + std::to_string(kMaxPriority),
              "/priority");
}

Result<void> check_kind(std::string_view kind) {
  auto parsed = rules::kBatchKinds.parse(kind);
  if (parsed) return {};
  Error error = std::move(parsed).error();
  error.where = "/kind";
  return fail(std::move(error));
}

Result<void> check_place(store::Transaction& tx, const CreateBatch& command) {
  MIZAN_TRY(const auto project, store::find_project(tx, command.project_id));
  if (!project) return no_such("project", to_text(command.project_id));
  if (project->state == "archived") {
    return fail(ErrorCode::illegal_transition, "an archived project takes no more batches");
  }
  if (!command.supplier_id) return {};
  MIZAN_TRY(const auto grant, store::find_project_supplier(tx, command.project_id, *command.supplier_id));
  if (grant) return {};
  return fail(ErrorCode::invalid_argument, "the supplier is not on this project", "/supplier_id",
              "add it to the project first");
}

Result<void> check_name_free(store::Transaction& tx, const Batch& batch) {
  MIZAN_TRY(const auto other, store::find_batch_by_name(tx, batch.project_id, batch.name));
  if (!other || other->batch_id == batch.batch_id) return {};
  return name_taken("batch", batch.name, to_text(other->batch_id));
}

constexpr std::array<std::string_view, rules::kBatchSteps.size()> kStepKinds{
    "batch.staged", "batch.started", "batch.paused", "batch.resumed", "batch.finished", "batch.cancelled"};

}  // namespace

Result<Batch> create_batch(Service& service, const Caller& caller, const CreateBatch& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::create_batch, rules::at(command.project_id)));
  MIZAN_CHECK_OK(check_name(command.name, "/name"));
  MIZAN_CHECK_OK(check_kind(command.kind));
  MIZAN_CHECK_OK(check_priority(command.priority));
  const Batch batch{.project_id = command.project_id,
                    .batch_id = service.ids().make<domain::BatchId>(),
                    .name = command.name,
                    .kind = command.kind,
                    .state = std::string(rules::to_text(rules::BatchState::draft)),
                    .supplier_id = command.supplier_id,
                    .priority = command.priority,
                    .created_at = service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Batch> {
    MIZAN_CHECK_OK(check_place(tx, command));
    MIZAN_TRY(const bool is_new, store::insert_batch(tx, batch));
    if (!is_new) {
      MIZAN_TRY(const auto other, store::find_batch_by_name(tx, batch.project_id, batch.name));
      return name_taken("batch", batch.name, other ? to_text(other->batch_id) : "");
    }
    MIZAN_CHECK_OK(note_change(tx, {caller, batch.created_at},
                               {.project_id = batch.project_id,
                                .kind = "batch.created",
                                .subject = to_text(batch.batch_id),
                                .body = batch_body(batch)}));
    return batch;
  });
}

Result<Batch> read_batch(Service& service, const Caller& caller, const BatchKey& key) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_batch, rules::at(key.project_id)));
  return service.database().read([&](store::Transaction& tx) -> Result<Batch> {
    MIZAN_TRY(auto found, store::find_batch(tx, key));
    if (!found || !shows(grant, *found)) return no_such("batch", to_text(key.batch_id));
    return *std::move(found);
  });
}

Result<std::vector<Batch>> list_batches(Service& service, const Caller& caller, const ListBatches& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::list_batches, rules::at(query.project_id)));
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<Batch>> {
    std::vector<Batch> seen;
    store::BatchPage page{.project_id = query.project_id, .after = query.after, .limit = query.limit};
    while (std::ssize(seen) < query.limit) {
      MIZAN_TRY(auto rows, store::batches_of_project(tx, page));
      for (Batch& batch : rows) {
        page.after = batch.batch_id;
        if (shows(grant, batch) && std::ssize(seen) < query.limit) seen.push_back(std::move(batch));
      }
      if (std::ssize(rows) < query.limit) break;
    }
    return seen;
  });
}

Result<Batch> update_batch(Service& service, const Caller& caller, const UpdateBatch& command) {
  MIZAN_TRY(const auto grant,
            authorize(caller, rules::Action::change_batch, rules::at(command.key.project_id)));
  if (command.name) MIZAN_CHECK_OK(check_name(*command.name, "/name"));
  if (command.priority) MIZAN_CHECK_OK(check_priority(*command.priority));
  const ChangeMaker maker{caller, service.now()};
  MIZAN_TRY(Batch changed, service.database().write([&](store::Transaction& tx) -> Result<Batch> {
    MIZAN_TRY(Batch batch, hold_shown_batch(tx, grant, command.key));
    if (batch.version != command.version) return changed_meanwhile("batch", command.version);
    MIZAN_TRY(const auto state, rules::kBatchStates.parse(batch.state));
    if (!rules::takes_tasks(state)) {
      return fail(ErrorCode::illegal_transition, "a batch that is " + batch.state + " cannot be edited");
    }
    if (command.name) batch.name = *command.name;
    if (command.priority) batch.priority = *command.priority;
    MIZAN_CHECK_OK(check_name_free(tx, batch));
    return save_batch(tx, maker, std::move(batch), "batch.updated");
  }));
  MIZAN_CHECK_OK(settle_batch(service, command.key));
  return changed;
}

Result<Batch> step_batch(Service& service, const Caller& caller, const BatchKey& key, rules::BatchStep step) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::change_batch, rules::at(key.project_id)));
  const ChangeMaker maker{caller, service.now()};
  MIZAN_TRY(Batch stepped, service.database().write([&](store::Transaction& tx) -> Result<Batch> {
    MIZAN_TRY(Batch batch, hold_shown_batch(tx, grant, key));
    MIZAN_TRY(const auto state, rules::kBatchStates.parse(batch.state));
    MIZAN_TRY(const auto next, rules::after(state, step));
    batch.state = rules::to_text(next);
    return save_batch(tx, maker, std::move(batch), kStepKinds[static_cast<std::size_t>(step)]);
  }));
  MIZAN_CHECK_OK(settle_batch(service, key));
  return stepped;
}

Result<std::vector<store::TaskCount>> count_batch_tasks(Service& service, const Caller& caller,
                                                        const BatchKey& key) {
  MIZAN_CHECK_OK(read_batch(service, caller, key));
  return service.database().read([&](store::Transaction& tx) { return store::count_batch_tasks(tx, key); });
}

}  // namespace mizan::app
