// Batches: tasks that are given out, paused and accepted together. The states and steps are rules/batch.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/batch.h"
#include "mizan/store/projects/batches.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {

using Batch = store::BatchRow;
using BatchKey = store::BatchKey;

inline constexpr std::int64_t kMaxPriority = 1'000'000;

struct CreateBatch {
  domain::ProjectId project_id;
  std::string name;
  std::string kind = "production";                  ///< calibration | production
  std::optional<domain::SupplierId> supplier_id{};  ///< nothing = every supplier of the project
  std::int64_t priority = 0;  ///< the highest is given out first; |priority| ≤ kMaxPriority
};
/// @errors invalid_argument; not_found; conflict: the project has a batch of this name;
///         illegal_transition: the project is archived
[[nodiscard]] Result<Batch> create_batch(Service& service, const Caller& caller, const CreateBatch& command);

/// @errors not_found: also for what the caller may not see
[[nodiscard]] Result<Batch> read_batch(Service& service, const Caller& caller, const BatchKey& key);

struct ListBatches {
  domain::ProjectId project_id;
  domain::BatchId after{};
  std::int64_t limit = 100;
};
/// The batches that the caller may see, by id: a supplier's own people see its own and those of every
/// supplier.
[[nodiscard]] Result<std::vector<Batch>> list_batches(Service& service, const Caller& caller,
                                                      const ListBatches& query);

struct UpdateBatch {
  BatchKey key;
  std::int64_t version = 0;
  std::optional<std::string> name{};
  std::optional<std::int64_t> priority{};
};
/// A new priority moves the batch's open tasks before it returns.
/// @errors precondition_failed, not_found, invalid_argument, conflict;
///         illegal_transition: it is finished or cancelled
[[nodiscard]] Result<Batch> update_batch(Service& service, const Caller& caller, const UpdateBatch& command);

/// Takes a step of the drawing in rules/batch.h. From its commit on tasks are given out, or not, as the new
/// state says; before it returns the tasks themselves stand as the state says. What a crash leaves undone,
/// settle_batches does.
/// @errors illegal_transition; not_found
[[nodiscard]] Result<Batch> step_batch(Service& service, const Caller& caller, const BatchKey& key,
                                       rules::BatchStep step);

struct PutTasks {
  BatchKey key;
  std::vector<domain::TaskId> tasks{};  ///< at most 10,000
  std::int64_t unbatched_limit = 0;     ///< instead: so many of the tasks that are in no batch
};
/// Puts tasks into a batch.
/// @out how many were put: tasks that were started in another batch, gold, done and cancelled ones are left
/// alone
/// @errors not_found; illegal_transition: the batch takes no more tasks; invalid_argument
[[nodiscard]] Result<std::int64_t> put_tasks_into_batch(Service& service, const Caller& caller,
                                                        const PutTasks& command);

/// How many tasks of the batch are in each state.
/// @errors not_found
[[nodiscard]] Result<std::vector<store::TaskCount>> count_batch_tasks(Service& service, const Caller& caller,
                                                                      const BatchKey& key);

/// Brings the tasks of every batch that a crash left half-way to what its state and priority ask of them, in
/// short transactions. Called by the background work; repeating it changes nothing.
/// @out how many batches
[[nodiscard]] Result<std::int64_t> settle_batches(Service& service);

}  // namespace mizan::app
