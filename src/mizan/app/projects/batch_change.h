// What the verbs on batches share: finding one that the caller may see, writing a changed one, and bringing
// its tasks to what it asks of them.
#pragma once

#include <string_view>

#include "mizan/app/projects/batches.h"
#include "mizan/app/projects/change.h"
#include "mizan/rules/access.h"
#include "mizan/store/projects/batch_tasks.h"

namespace mizan::app {

/// Whether a batch lies within what the grant shows: its own supplier's, or everybody's.
[[nodiscard]] bool shows(const rules::Grant& grant, const Batch& batch);

/// The batch, held until the transaction ends.
/// @errors not_found: also for what the grant does not show
[[nodiscard]] Result<Batch> hold_shown_batch(store::Transaction& tx, const rules::Grant& grant,
                                             const BatchKey& key);

/// Writes a changed batch, whose tasks do not stand as it asks from now on, and settles the first stretch of
/// them in the same transaction: for most batches that is all.
/// @in     batch  changed, with the version that was read
/// @errors precondition_failed: somebody else was faster
[[nodiscard]] Result<Batch> save_batch(store::Transaction& tx, const ChangeMaker& maker, Batch batch,
                                       std::string_view kind);

/// Brings a stretch of the batch's tasks to what its state, priority and supplier ask of them.
[[nodiscard]] Result<void> settle_tasks(store::Transaction& tx, const Batch& batch,
                                        const store::TaskStretch& stretch);

/// Settles the rest.
[[nodiscard]] Result<void> settle_batch(Service& service, const BatchKey& key);

/// JSON: the body of events about a batch.
[[nodiscard]] std::string batch_body(const Batch& batch);

}  // namespace mizan::app
