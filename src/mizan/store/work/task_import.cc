#include "mizan/store/work/task_import.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "mizan/base/json_writer.h"
#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

/// Rows of one statement: long enough that the cost of a call does not count, short enough for every limit on
/// parameters.
constexpr std::size_t kRowsPerStatement = 64;

/// "head ($1,$2),($3,$4) tail"
std::string values_text(std::string_view head, std::size_t columns, std::size_t rows, std::string_view tail) {
  std::string text(head);
  for (std::size_t i = 0; i < rows * columns; ++i) {
    text += i % columns == 0 ? (i == 0 ? " (" : ",(") : ",";
    text += "$" + std::to_string(i + 1);
    if (i % columns == columns - 1) text += ")";
  }
  return text += tail;
}

/// One INSERT for a whole run of rows and one for each row that is left.
class BulkInsert {
 public:
  struct Shape {
    std::string_view name;
    std::string_view one_name;
    std::string_view head;
    std::size_t columns;
  };
  explicit BulkInsert(const Shape& shape)
      : columns_(shape.columns),
        many_text_(values_text(shape.head, shape.columns, kRowsPerStatement, " ON CONFLICT DO NOTHING")),
        one_text_(values_text(shape.head, shape.columns, 1, " ON CONFLICT DO NOTHING")),
        many_{shape.name, many_text_},
        one_{shape.one_name, one_text_} {}
  BulkInsert(const BulkInsert&) = delete;
  BulkInsert& operator=(const BulkInsert&) = delete;

  /// @out how many rows were new
  Result<std::int64_t> run(Transaction& tx, std::span<const Value> values) const {
    std::int64_t count = 0;
    while (!values.empty()) {
      const bool is_many = values.size() >= columns_ * kRowsPerStatement;
      const auto part = values.first(is_many ? columns_ * kRowsPerStatement : columns_);
      MIZAN_TRY(const auto inserted, tx.execute_values(is_many ? many_ : one_, part));
      count += inserted;
      values = values.subspan(part.size());
    }
    return count;
  }

 private:
  std::size_t columns_;
  std::string many_text_;
  std::string one_text_;
  Query many_;
  Query one_;
};

const BulkInsert& task_insert() {
  static const BulkInsert insert(
      {"insert_tasks", "insert_task",
       "INSERT INTO tasks (project_id, task_id, external_id, domain, language, payload, "
       "pre_annotation, content_hash, created_at_us) VALUES",
       9});
  return insert;
}

const BulkInsert& state_insert() {
  static const BulkInsert insert({"insert_task_states", "insert_new_task_state",
                                  "INSERT INTO task_states (project_id, task_id, state, lane_id, position, "
                                  "wanted_count, live_count, done_count, batch_id) VALUES",
                                  9});
  return insert;
}

constexpr Query kExistingTasks{
    "existing_tasks",
    "SELECT t.external_id, t.task_id, t.content_hash, COALESCE(s.lane_id, 0), "
    "CASE WHEN l.lane_id IS NULL THEN 0 ELSE 1 END "
    "FROM tasks t LEFT JOIN task_states s ON s.project_id = t.project_id AND s.task_id = t.task_id "
    "LEFT JOIN lanes l ON l.project_id = s.project_id AND l.lane_id = s.lane_id "
    "WHERE t.project_id = $1 AND t.external_id IN\n"
    "@sqlite (SELECT value FROM json_each($2))\n"
    "@postgres (SELECT value FROM json_array_elements_text(($2)::json))\n"};

constexpr Query kBeginImport{
    "begin_import",
    "INSERT INTO task_imports (project_id, import_id, state, account_id, first_task_id, "
    "created_count, started_at_us, touched_at_us) VALUES ($1, $2, 'staging', $3, $4, 0, $5, "
    "$5) ON CONFLICT DO NOTHING"};
constexpr Query kStageLane{
    "stage_lane",
    "INSERT INTO staged_lanes (project_id, import_id, lane_id, rank, supplier_id, domain, "
    "language) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"};
constexpr Query kTouchImport{"touch_import",
                             "UPDATE task_imports SET touched_at_us = $3 "
                             "WHERE project_id = $1 AND import_id = $2 AND state = 'staging'"};
constexpr Query kCompleteImport{
    "complete_import",
    "UPDATE task_imports SET state = 'complete', created_count = $3 "
    "WHERE project_id = $1 AND import_id = $2 AND state IN ('staging', 'complete')"};
constexpr Query kShowLanes{
    "show_lanes",
    "INSERT INTO lanes (project_id, lane_id, rank, supplier_id, domain, language, is_escalated) "
    "SELECT project_id, lane_id, rank, supplier_id, domain, language, 0 FROM staged_lanes "
    "WHERE project_id = $1 AND import_id = $2 ON CONFLICT DO NOTHING"};
constexpr Query kDropStagedLanes{"drop_staged_lanes",
                                 "DELETE FROM staged_lanes WHERE project_id = $1 AND import_id = $2"};
constexpr Query kAbandonImport{
    "abandon_import",
    "UPDATE task_imports SET state = 'abandoned' "
    "WHERE project_id = $1 AND import_id = $2 AND state IN ('staging', 'abandoned')"};
constexpr Query kEndImport{"end_import",
                           "UPDATE task_imports SET state = 'undone' "
                           "WHERE project_id = $1 AND import_id = $2 AND state = 'abandoned'"};
constexpr Query kTasksOfImport{
    "tasks_of_import",
    "SELECT s.task_id FROM task_states s WHERE s.project_id = $1 AND s.task_id > $3 AND s.task_id >= "
    "(SELECT i.first_task_id FROM task_imports i WHERE i.project_id = $1 AND i.import_id = $2) "
    "AND s.lane_id IN (SELECT l.lane_id FROM staged_lanes l WHERE l.project_id = $1 AND l.import_id = $2) "
    "ORDER BY s.task_id LIMIT $4"};
constexpr Query kDeleteTasks{"delete_tasks",
                             "DELETE FROM tasks WHERE project_id = $1 AND task_id IN @integers($2)"};
constexpr Query kDeleteTaskStates{
    "delete_task_states", "DELETE FROM task_states WHERE project_id = $1 AND task_id IN @integers($2)"};
constexpr Query kDeleteGoldOf{"delete_gold_of",
                              "DELETE FROM gold_answers WHERE project_id = $1 AND task_id IN @integers($2)"};
constexpr Query kRestingImports{
    "resting_imports",
    "SELECT project_id, import_id, account_id, first_task_id, started_at_us "
    "FROM task_imports WHERE state IN ('staging', 'abandoned') AND touched_at_us < $1"};

Result<std::int64_t> insert_task_rows(Transaction& tx, domain::ProjectId project,
                                      std::span<const NewTask> tasks, Instant now) {
  std::vector<Value> values;
  values.reserve(tasks.size() * 9);
  for (const NewTask& task : tasks) {
    const std::array row{to_value(project),
                         to_value(task.task_id),
                         to_value(task.external_id),
                         to_value(task.domain),
                         to_value(task.language),
                         to_value(task.payload),
                         to_value(task.pre_annotation),
                         to_value(task.content_hash),
                         to_value(now)};
    values.insert(values.end(), row.begin(), row.end());
  }
  return task_insert().run(tx, values);
}

/// Why fewer rows were inserted than given: the tasks that were there. One that has our own id is ours: this
/// transaction runs for the second time.
Result<std::vector<ExistingTask>> find_existing(Transaction& tx, domain::ProjectId project,
                                                std::span<const NewTask> tasks) {
  std::string list = "[";
  for (const NewTask& task : tasks) {
    if (list.size() > 1) list += ',';
    append_json_string(list, task.external_id);
  }
  list += ']';
  struct Found {
    ExistingTask task;
    Blob content_hash;
  };
  std::unordered_map<std::string, Found> by_external_id;
  const auto keep = [&](const Row& row) -> Result<void> {
    const BlobView hash = row.blob(2);
    by_external_id[row.string(0)] = {
        {.task_id = row.id<domain::TaskId>(1), .is_visible = row.boolean(4), .lane_id = row.integer(3)},
        Blob(hash.begin(), hash.end())};
    return {};
  };
  MIZAN_CHECK_OK(tx.for_each(kExistingTasks, keep, project, list));
  // A task of this very call is as good as there, though it has no state yet.
  std::unordered_set<std::int64_t> ours;
  for (const NewTask& task : tasks) ours.insert(task.task_id.value);
  std::vector<ExistingTask> out;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto found = by_external_id.find(tasks[i].external_id);
    if (found == by_external_id.end() || found->second.task.task_id == tasks[i].task_id) continue;
    ExistingTask existing = found->second.task;
    existing.index = i;
    existing.is_same = found->second.content_hash == tasks[i].content_hash;
    existing.is_visible = existing.is_visible || ours.contains(existing.task_id.value);
    out.push_back(existing);
  }
  return out;
}

Result<void> insert_state_rows(Transaction& tx, domain::ProjectId project,
                               std::span<const NewTask* const> tasks) {
  std::vector<Value> values;
  values.reserve(tasks.size() * 9);
  for (const NewTask* task : tasks) {
    const std::array row{to_value(project),
                         to_value(task->task_id),
                         to_value(to_text(task->state)),
                         to_value(task->lane_id),
                         to_value(task->task_id),
                         to_value(task->wanted_count),
                         to_value(0),
                         to_value(0),
                         to_value(task->batch_id)};
    values.insert(values.end(), row.begin(), row.end());
  }
  MIZAN_CHECK_OK(state_insert().run(tx, values));
  return {};
}

tl::unexpected<Error> not_staging() {
  return fail(ErrorCode::conflict, "the import is no longer under way", "import",
              "it rested too long, or was given up; nothing of it is there: import again");
}

}  // namespace

Result<std::vector<ExistingTask>> insert_tasks(Transaction& tx, domain::ProjectId project,
                                               std::span<const NewTask> tasks, Instant now) {
  MIZAN_TRY(const auto count, insert_task_rows(tx, project, tasks, now));
  std::vector<ExistingTask> existing;
  if (static_cast<std::size_t>(count) < tasks.size()) {
    MIZAN_TRY(existing, find_existing(tx, project, tasks));
  }
  std::vector<const NewTask*> ours;
  ours.reserve(tasks.size());
  auto taken = existing.begin();
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (taken != existing.end() && taken->index == i) {
      ++taken;
    } else {
      ours.push_back(&tasks[i]);
    }
  }
  MIZAN_CHECK_OK(insert_state_rows(tx, project, ours));
  for (const NewTask* task : ours)
    if (task->gold) MIZAN_CHECK_OK(put_gold_answer(tx, *task->gold));
  return existing;
}

Result<void> begin_import(Transaction& tx, const ImportRow& row) {
  return tx.queue(kBeginImport, row.project_id, row.import_id, row.account_id, row.first_task_id,
                  row.started_at);
}

std::int64_t staged_lane_id(const LaneRow& lane, domain::ImportId import) {
  // SplitMix64's finaliser spreads the import's number over all bits.
  auto mixed = static_cast<std::uint64_t>(lane_id(lane)) ^
               (static_cast<std::uint64_t>(import.value) * 0x9e3779b97f4a7c15ULL);
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
  return static_cast<std::int64_t>((mixed ^ (mixed >> 31U)) >> 1U);
}

Result<void> stage_lane(Transaction& tx, const ImportKey& key, const LaneRow& lane) {
  return tx.queue(kStageLane, key.project_id, key.import_id, staged_lane_id(lane, key.import_id), lane.rank,
                  lane.supplier_id, lane.domain, lane.language);
}

Result<void> touch_import(Transaction& tx, const ImportKey& key, Instant now) {
  MIZAN_TRY(const auto count, tx.execute(kTouchImport, key.project_id, key.import_id, now));
  if (count == 0) return not_staging();
  return {};
}

Result<void> complete_import(Transaction& tx, const ImportKey& key, std::int64_t created_count) {
  MIZAN_TRY(const auto count, tx.execute(kCompleteImport, key.project_id, key.import_id, created_count));
  if (count == 0) return not_staging();
  MIZAN_CHECK_OK(tx.queue(kShowLanes, key.project_id, key.import_id));
  return tx.queue(kDropStagedLanes, key.project_id, key.import_id);
}

Result<bool> abandon_import(Transaction& tx, const ImportKey& key) {
  MIZAN_TRY(const auto count, tx.execute(kAbandonImport, key.project_id, key.import_id));
  return count > 0;
}

Result<std::optional<domain::TaskId>> undo_import(Transaction& tx, const ImportKey& key, domain::TaskId after,
                                                  std::int64_t limit) {
  MIZAN_TRY(const auto tasks, tx.rows(
                                  kTasksOfImport, [](const Row& row) { return row.id<domain::TaskId>(0); },
                                  key.project_id, key.import_id, after, limit));
  if (tasks.empty()) {
    MIZAN_CHECK_OK(tx.queue(kDropStagedLanes, key.project_id, key.import_id));
    MIZAN_CHECK_OK(tx.queue(kEndImport, key.project_id, key.import_id));
    return std::optional<domain::TaskId>();
  }
  const std::string list = integer_list(tasks);
  MIZAN_CHECK_OK(tx.queue(kDeleteGoldOf, key.project_id, list));
  MIZAN_CHECK_OK(tx.queue(kDeleteTaskStates, key.project_id, list));
  MIZAN_CHECK_OK(tx.queue(kDeleteTasks, key.project_id, list));
  return std::optional(tasks.back());
}

Result<std::vector<ImportRow>> resting_imports(Transaction& tx, Instant before) {
  return tx.rows(
      kRestingImports,
      [](const Row& row) {
        return ImportRow{.project_id = row.id<domain::ProjectId>(0),
                         .import_id = row.id<domain::ImportId>(1),
                         .account_id = row.id<domain::AccountId>(2),
                         .first_task_id = row.id<domain::TaskId>(3),
                         .started_at = row.instant(4)};
      },
      before);
}

}  // namespace mizan::store
