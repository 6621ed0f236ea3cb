// Tasks on their way in: bulk statements, and imports that are made in many transactions and appear at once.
//
//   begin_import ──▶ stage_lanes, insert_tasks, touch_import (many times) ──▶ complete_import: all tasks are
//   there
//                                                                       └──▶ undo_import (many times): none
//                                                                       ever was
//
// A task of a staging import stands in a staged lane, which is not among the project's lanes. Queries of
// tasks join `lanes`, so they do not see it; leases look only into lanes that are there. An import of one
// transaction uses the project's lanes straight away.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/gold_answers.h"
#include "mizan/store/work/lanes.h"
#include "mizan/store/work/task_states.h"

namespace mizan::store {

struct NewTask {
  domain::TaskId task_id;
  std::string external_id;
  std::string domain{};
  std::string language{};
  std::string payload;
  std::optional<std::string> pre_annotation{};
  Blob content_hash{};
  rules::TaskState state = rules::TaskState::open;
  std::int64_t lane_id = 0;
  int wanted_count = 1;
  std::optional<domain::BatchId> batch_id{};
  std::optional<GoldAnswerRow> gold{};
};

/// A task that was not inserted, because its external id is taken.
struct ExistingTask {
  std::size_t index = 0;  ///< of the new task
  domain::TaskId task_id;
  bool is_same = false;    ///< it has the content of the new one
  bool is_visible = true;  ///< false: it belongs to an import that is staging
  std::int64_t lane_id = 0;
};

/// Inserts the tasks whose external ids are free. Twice with the same rows is once.
/// @in  tasks  the lanes have been ensured or staged
/// @out the others, by index
/// @cost a few statements for every 64 tasks
[[nodiscard]] Result<std::vector<ExistingTask>> insert_tasks(Transaction& tx, domain::ProjectId project,
                                                             std::span<const NewTask> tasks, Instant now);

struct ImportRow {
  domain::ProjectId project_id;
  domain::ImportId import_id;
  domain::AccountId account_id{};
  domain::TaskId first_task_id{};
  std::int64_t created_count = 0;
  Instant started_at;
};
[[nodiscard]] Result<void> begin_import(Transaction& tx, const ImportRow& row);

struct ImportKey {
  domain::ProjectId project_id;
  domain::ImportId import_id;
};
/// The number of a lane's counterpart for one import.
[[nodiscard]] std::int64_t staged_lane_id(const LaneRow& lane, domain::ImportId import);
/// Remembers the staged counterpart of a lane; twice is once.
[[nodiscard]] Result<void> stage_lane(Transaction& tx, const ImportKey& key, const LaneRow& lane);
/// Says that the import is alive, in the transaction of a chunk.
/// @errors conflict: it is no longer staging (it rested too long and was undone)
[[nodiscard]] Result<void> touch_import(Transaction& tx, const ImportKey& key, Instant now);
/// Makes every task of the import appear.
/// @errors conflict: it is no longer staging. Twice is once
[[nodiscard]] Result<void> complete_import(Transaction& tx, const ImportKey& key, std::int64_t created_count);

/// From now on no chunk can be added. @out false: it is complete, and stays so
[[nodiscard]] Result<bool> abandon_import(Transaction& tx, const ImportKey& key);
/// Deletes some of the tasks of an abandoned import, later than `after`.
/// @out the last that was deleted; nothing when none was left
[[nodiscard]] Result<std::optional<domain::TaskId>> undo_import(Transaction& tx, const ImportKey& key,
                                                                domain::TaskId after, std::int64_t limit);
/// Imports that were last touched before that instant and are neither complete nor wholly undone.
[[nodiscard]] Result<std::vector<ImportRow>> resting_imports(Transaction& tx, Instant before);

}  // namespace mizan::store
