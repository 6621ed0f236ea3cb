// Batches: tasks that are given out, paused and accepted together.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct BatchRow {
  domain::ProjectId project_id;
  domain::BatchId batch_id;
  std::string name;
  std::string kind;                                 ///< calibration | production
  std::string state;                                ///< rules/batch.h
  std::optional<domain::SupplierId> supplier_id{};  ///< nothing = every supplier of the project
  std::int64_t priority = 0;
  Instant created_at;
  std::int64_t version = 1;
  std::int64_t settled_version = 1;  ///< the version that its tasks stand as
};

struct BatchKey {
  domain::ProjectId project_id;
  domain::BatchId batch_id;
};

/// @out false: the project has a batch of this name, and nothing was done. Twice with the same row is once.
[[nodiscard]] Result<bool> insert_batch(Transaction& tx, const BatchRow& row);
[[nodiscard]] Result<std::optional<BatchRow>> find_batch(Transaction& tx, const BatchKey& key);
/// As find_batch; until the transaction ends nobody changes the batch.
[[nodiscard]] Result<std::optional<BatchRow>> hold_batch(Transaction& tx, const BatchKey& key);
[[nodiscard]] Result<std::optional<BatchRow>> find_batch_by_name(Transaction& tx,
                                                                 domain::ProjectId project_id,
                                                                 std::string_view name);

struct BatchPage {
  domain::ProjectId project_id;
  domain::BatchId after{};
  std::int64_t limit = 100;
};
/// The next batches of a project, by id.
[[nodiscard]] Result<std::vector<BatchRow>> batches_of_project(Transaction& tx, const BatchPage& page);
/// Writes name, state, supplier and priority over the row whose version is row.version, and raises the
/// version.
/// @out false: the row has another version by now
/// @errors conflict: another batch of the project has this name
[[nodiscard]] Result<bool> update_batch(Transaction& tx, const BatchRow& row);

/// Notes that the batch's tasks stand as this version of it asks.
[[nodiscard]] Result<void> note_settled(Transaction& tx, const BatchKey& key, std::int64_t version);
/// Batches whose tasks do not stand yet as they ask.
[[nodiscard]] Result<std::vector<BatchKey>> unsettled_batches(Transaction& tx, std::int64_t limit);

}  // namespace mizan::store
