#include "mizan/app/tasks/import_tasks.h"

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/tasks/chunk_writer.h"
#include "mizan/base/parallel.h"
#include "mizan/store/outbox.h"

namespace mizan::app {
namespace {

constexpr std::size_t kChunkRows = 1000;
/// An import of at most so many rows is one transaction.
constexpr std::size_t kDirectRows = 2000;
constexpr std::int64_t kUndoRows = 500;

/// The rows of one block, checked.
class BlockReading final : public dataset::TaskSink {
 public:
  explicit BlockReading(const domain::Template* task_template) : task_template_(task_template) {}

  void on_task(const dataset::TaskRecord& record) override {
    auto checked = check_task(record, task_template_);
    if (checked) {
      tasks.push_back(*std::move(checked));
    } else {
      bad.push_back({record.line, std::move(checked).error()});
    }
  }
  void on_bad_row(std::uint64_t line, Error error) override { bad.push_back({line, std::move(error)}); }

  std::vector<CheckedTask> tasks{};
  std::vector<RowError> bad{};

 private:
  const domain::Template* task_template_;
};

/// One import from its first block to its end.
class Importing {
 public:
  Importing(Service& service, const Caller& caller, const ImportTasks& command, ImportProject project)
      : service_(service),
        caller_(caller),
        command_(command),
        project_(std::move(project)),
        planner_(service, project_),
        pool_(command.threads != 0 ? command.threads : std::max(1U, std::thread::hardware_concurrency() / 2)),
        key_{project_.project_id, service.ids().make<domain::ImportId>()} {
    report_.import_id = key_.import_id;
  }

  Result<TaskImport> run() {
    auto outcome = read_all();
    if (writer_) writer_->wait();
    if (outcome) outcome = finish();
    if (!outcome && is_staged_) MIZAN_CHECK_OK(undo());
    if (!outcome) return fail(outcome.error());
    std::stable_sort(report_.errors.begin(), report_.errors.end(),
                     [](const RowError& a, const RowError& b) { return a.line < b.line; });
    return std::move(report_);
  }

 private:
  Result<void> read_all() {
    MIZAN_TRY(const auto source, dataset::open_task_source(command_.read, {.format = command_.format}));
    while (true) {
      std::vector<std::unique_ptr<dataset::TaskBlock>> blocks;
      while (blocks.size() < 2 * pool_.thread_count()) {
        MIZAN_TRY(auto block, source->next());
        if (!block) break;
        blocks.push_back(std::move(block));
      }
      if (blocks.empty()) return {};
      std::vector<BlockReading> readings(blocks.size(), BlockReading(project_.questions()));
      pool_.run(blocks.size(), [&](std::size_t i) { blocks[i]->read(readings[i]); });
      for (BlockReading& reading : readings) MIZAN_CHECK_OK(take(reading));
      if (writer_ && !writer_->is_clean() && writer_failed()) return {};
    }
  }

  /// The database gave up: reading on is of no use.
  bool writer_failed() {
    writer_->wait();
    return writer_->totals().failure.has_value();
  }

  void note(RowError error) {
    ++report_.bad_count;
    if (report_.errors.size() < command_.error_limit) report_.errors.push_back(std::move(error));
  }

  /// Whether what was found so far lets the import be.
  bool is_good() const {
    if (writer_ && !writer_->is_clean() && !command_.skip_bad_rows) return false;
    return report_.bad_count == 0 || command_.skip_bad_rows;
  }

  Result<void> take(BlockReading& reading) {
    report_.row_count += static_cast<std::int64_t>(reading.tasks.size() + reading.bad.size());
    for (RowError& bad : reading.bad) note(std::move(bad));
    if (!is_good()) return {};
    for (CheckedTask& checked : reading.tasks) {
      const std::uint64_t line = checked.line;
      auto planned = planner_.plan(std::move(checked));
      if (!planned) {
        if (planned.error().where != "/batch") return fail(planned.error());
        note({line, planned.error()});
        continue;
      }
      waiting_.tasks.push_back(*std::move(planned));
      waiting_.lines.push_back(line);
    }
    return waiting_.tasks.size() > kDirectRows || is_staged_ ? send_chunks() : Result<void>{};
  }

  Result<void> send_chunks() {
    if (!is_staged_) MIZAN_CHECK_OK(begin_staging());
    std::size_t begin = 0;
    for (; waiting_.tasks.size() - begin >= kChunkRows; begin += kChunkRows)
      send_chunk(begin, begin + kChunkRows);
    const auto cut = static_cast<std::ptrdiff_t>(begin);
    waiting_.tasks.erase(waiting_.tasks.begin(), waiting_.tasks.begin() + cut);
    waiting_.lines.erase(waiting_.lines.begin(), waiting_.lines.begin() + cut);
    return {};
  }

  void send_chunk(std::size_t begin, std::size_t end) {
    const auto from = static_cast<std::ptrdiff_t>(begin);
    const auto to = static_cast<std::ptrdiff_t>(end);
    ImportChunk chunk;
    chunk.tasks.assign(std::make_move_iterator(waiting_.tasks.begin() + from),
                       std::make_move_iterator(waiting_.tasks.begin() + to));
    chunk.lines.assign(waiting_.lines.begin() + from, waiting_.lines.begin() + to);
    writer_->submit(stage(std::move(chunk)));
  }

  /// Moves tasks to the staged counterparts of their lanes.
  ImportChunk stage(ImportChunk chunk) {
    for (store::NewTask& task : chunk.tasks) {
      const auto [staged, is_new] = staged_lanes_.try_emplace(task.lane_id, 0);
      if (is_new) {
        const store::LaneRow& lane = planner_.lane(task.lane_id);
        staged->second = store::staged_lane_id(lane, key_.import_id);
        const std::lock_guard lock(new_lanes_mutex_);
        new_lanes_.push_back(lane);
      }
      task.lane_id = staged->second;
    }
    return chunk;
  }

  Result<void> begin_staging() {
    const store::ImportRow row{.project_id = key_.project_id,
                               .import_id = key_.import_id,
                               .account_id = caller_.account,
                               .first_task_id = waiting_.tasks.front().task_id,
                               .started_at = service_.now()};
    MIZAN_CHECK_OK(
        service_.database().write([&](store::Transaction& tx) { return store::begin_import(tx, row); }));
    is_staged_ = true;
    writer_.emplace(service_.database(),
                    [this](store::Transaction& tx, ImportChunk& chunk) { return write_staged(tx, chunk); });
    return {};
  }

  Result<std::vector<store::ExistingTask>> write_staged(store::Transaction& tx, ImportChunk& chunk) {
    MIZAN_CHECK_OK(store::touch_import(tx, key_, service_.now()));
    std::vector<store::LaneRow> lanes;
    {
      // Every chunk names all lanes so far: they are few, and a chunk may have to run again.
      const std::lock_guard lock(new_lanes_mutex_);
      lanes = new_lanes_;
    }
    for (const store::LaneRow& lane : lanes) MIZAN_CHECK_OK(store::stage_lane(tx, key_, lane));
    MIZAN_CHECK_OK(settle_batches(tx, chunk));
    return store::insert_tasks(tx, key_.project_id, chunk.tasks, service_.now());
  }

  /// The state of tasks that are in batches, by what the batches are now.
  Result<void> settle_batches(store::Transaction& tx, ImportChunk& chunk) const {
    std::map<domain::BatchId, rules::TaskState> states;
    for (store::NewTask& task : chunk.tasks) {
      if (!task.batch_id) continue;
      auto state = states.find(*task.batch_id);
      if (state == states.end()) {
        MIZAN_TRY(const auto found, state_in_batch(tx, {key_.project_id, *task.batch_id}));
        state = states.emplace(*task.batch_id, found).first;
      }
      if (!task.gold) task.state = state->second;
    }
    return {};
  }

  Result<void> finish() {
    if (!is_staged_) return write_directly();
    if (is_good() && !waiting_.tasks.empty()) send_chunk(0, waiting_.tasks.size());
    writer_->wait();
    ChunkTotals& totals = writer_->totals();
    if (totals.failure) return fail(*totals.failure);
    for (RowError& conflict : totals.conflicts) note(std::move(conflict));
    totals.conflicts.clear();
    if (!is_good()) return undo();
    report_.created_count = totals.created_count;
    report_.unchanged_count = totals.unchanged_count;
    MIZAN_CHECK_OK(service_.database().write([&](store::Transaction& tx) -> Result<void> {
      MIZAN_CHECK_OK(store::complete_import(tx, key_, report_.created_count));
      return note_import(tx);
    }));
    report_.is_complete = true;
    return {};
  }

  Result<void> write_directly() {
    if (!is_good()) return {};
    std::vector<store::ExistingTask> existing;
    const auto outcome = service_.database().write([&](store::Transaction& tx) -> Result<void> {
      std::set<std::int64_t> lanes;
      for (const store::NewTask& task : waiting_.tasks)
        if (lanes.insert(task.lane_id).second)
          MIZAN_CHECK_OK(store::ensure_lane(tx, planner_.lane(task.lane_id)));
      MIZAN_CHECK_OK(settle_batches(tx, waiting_));
      MIZAN_TRY(existing, store::insert_tasks(tx, key_.project_id, waiting_.tasks, service_.now()));
      count_existing(existing);
      if (!is_good()) return fail(ErrorCode::conflict, "rows collide with tasks that are there");
      return note_import(tx);
    });
    if (!outcome && is_good()) return fail(outcome.error());
    report_.is_complete = outcome.has_value();
    if (!outcome) report_.created_count = report_.unchanged_count = 0;
    return {};
  }

  /// Anew each time the transaction runs.
  void count_existing(const std::vector<store::ExistingTask>& existing) {
    std::erase_if(report_.errors,
                  [](const RowError& each) { return each.error.code == ErrorCode::conflict; });
    report_.bad_count -= std::exchange(conflict_count_, 0);
    report_.unchanged_count = 0;
    for (const store::ExistingTask& each : existing) {
      if (each.is_same && each.is_visible) {
        ++report_.unchanged_count;
        continue;
      }
      ++conflict_count_;
      note(conflict_of(waiting_.tasks[each.index], each, waiting_.lines[each.index]));
    }
    report_.created_count = static_cast<std::int64_t>(waiting_.tasks.size() - existing.size());
  }

  Result<void> note_import(store::Transaction& tx) const {
    if (report_.created_count == 0) return {};
    const std::string body = "{\"import_id\":\"" + to_text(key_.import_id) +
                             "\",\"created_count\":" + std::to_string(report_.created_count) + "}";
    MIZAN_CHECK_OK(store::append_outbox(
        tx, {.project_id = key_.project_id, .kind = "import.completed", .body = body, .at = service_.now()}));
    return record_audit(tx, caller_,
                        {.at = service_.now(),
                         .action = "import_tasks",
                         .subject = to_text(key_.project_id),
                         .details = body});
  }

  Result<void> undo() {
    domain::TaskId after{};
    MIZAN_TRY(const bool is_ours, service_.database().write([&](store::Transaction& tx) {
      return store::abandon_import(tx, key_);
    }));
    while (is_ours) {
      MIZAN_TRY(const auto last, service_.database().write([&](store::Transaction& tx) {
        return store::undo_import(tx, key_, after, kUndoRows);
      }));
      if (!last) break;
      after = *last;
    }
    return {};
  }

  Service& service_;
  const Caller& caller_;
  const ImportTasks& command_;
  const ImportProject project_;
  TaskPlanner planner_;
  ThreadPool pool_;
  const store::ImportKey key_;
  TaskImport report_{};
  ImportChunk waiting_{};
  bool is_staged_ = false;
  std::int64_t conflict_count_ = 0;
  std::unordered_map<std::int64_t, std::int64_t> staged_lanes_{};
  std::mutex new_lanes_mutex_{};
  std::vector<store::LaneRow> new_lanes_{};
  std::optional<ChunkWriter> writer_{};  // last: it is destroyed first, and then nothing is on its way
};

}  // namespace

Result<TaskImport> import_tasks(Service& service, const Caller& caller, const ImportTasks& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::import_tasks, rules::at(command.project_id)));
  MIZAN_TRY(auto project, read_import_project(service, command.project_id));
  return Importing(service, caller, command, std::move(project)).run();
}

Result<int> undo_resting_imports(Service& service, Duration rest) {
  MIZAN_TRY(const auto resting, service.database().read([&](store::Transaction& tx) {
    return store::resting_imports(tx, service.now() - rest);
  }));
  for (const store::ImportRow& row : resting) {
    const store::ImportKey key{row.project_id, row.import_id};
    MIZAN_TRY(const bool is_abandoned, service.database().write([&](store::Transaction& tx) {
      return store::abandon_import(tx, key);
    }));
    domain::TaskId after{};
    while (is_abandoned) {
      MIZAN_TRY(const auto last, service.database().write([&](store::Transaction& tx) {
        return store::undo_import(tx, key, after, kUndoRows);
      }));
      if (!last) break;
      after = *last;
    }
  }
  return static_cast<int>(resting.size());
}

}  // namespace mizan::app
