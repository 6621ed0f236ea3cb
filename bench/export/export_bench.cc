// mizan_export_bench FILE make COUNT | scan | jsonl | csv | parquet | consensus
//
// How fast is an export, and does its memory stay the same however many rows there are? `make` fills an
// embedded database with COUNT annotations of COUNT / 3 tasks (three annotators, one answer of a choice and a
// note of 40 bytes each, payloads of 120 bytes) and their consensus. The formats then export it, throwing the
// bytes away. `scan` is the bound: the C API of SQLite reading the same annotations, joined to their tasks
// for the external id, every column appended to a buffer as the sqlite3 shell would print it. One mode a
// process, so that peak memory is that mode's. Prints one JSON object. bench/run_export drives it.
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <sqlite3.h>
#include <sys/resource.h>

#include "mizan/app/exports/export_annotations.h"
#include "mizan/app/exports/export_consensus.h"
#include "support/work_world.h"

namespace mizan::bench {
namespace {

constexpr store::Query kAddTasks{
    "bench_add_tasks",
    "INSERT INTO tasks (project_id, task_id, external_id, domain, language, payload, content_hash, "
    "created_at_us) WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $2) "
    "SELECT $1, i, 'doc-' || i, '', 'en', '{\"text\":\"The quick brown fox jumps over the lazy dog, and then "
    "it goes home to sleep for a good while.\",\"source\":\"web\"}', x'00112233445566778899aabbccddeeff', i "
    "FROM numbers"};
constexpr store::Query kAddTaskStates{
    "bench_add_task_states",
    "INSERT INTO task_states (project_id, task_id, state, lane_id, position, wanted_count, live_count, "
    "done_count) SELECT project_id, task_id, 'done', 1, task_id, 3, 0, 3 FROM tasks WHERE project_id = $1"};
constexpr store::Query kAddAssignments{
    "bench_add_assignments",
    "INSERT INTO assignments (project_id, assignment_id, task_id, annotator_id, supplier_id, state, "
    "template_version, leased_at_us, expires_at_us, settled_at_us, reason, annotation_id, is_gold) "
    "WITH three(k) AS (VALUES (0), (1), (2)) SELECT project_id, 3 * task_id + k, task_id, 7000 + k, $2, "
    "'submitted', 1, 1700000000000000 + task_id, 1700000900000000, 1700000008000000 + task_id, '', "
    "3 * task_id + k, 0 FROM tasks, three WHERE project_id = $1"};
constexpr store::Query kAddAnnotations{
    "bench_add_annotations",
    "INSERT INTO annotations (project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, "
    "template_version, answers, duration_us, submitted_at_us, revises, price_micros, currency) "
    "SELECT project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, 1, "
    "'{\"safe\":\"yes\",\"note\":\"It names nobody, and nothing in it harms.\"}', 8000000, settled_at_us, "
    "NULL, 40000, 'USD' FROM assignments WHERE project_id = $1"};
constexpr store::Query kAddConsensus{
    "bench_add_consensus",
    "INSERT INTO consensus (project_id, task_id, question, class_code, confidence, posterior, raw_posterior, "
    "top_share, label_count, basis, model_version, updated_at_us) SELECT project_id, task_id, 'safe', 0, "
    "0.96875, $2, $2, 1, 3, 'labels', 0, task_id FROM tasks WHERE project_id = $1"};

constexpr const char* kScan =
    "SELECT n.*, t.external_id FROM annotations n JOIN tasks t ON t.project_id = n.project_id "
    "AND t.task_id = n.task_id ORDER BY n.project_id, n.annotation_id";

struct Figures {
  std::int64_t row_count = 0;
  std::size_t byte_count = 0;
};

[[noreturn]] void give_up(const std::string& reason) {
  std::fprintf(stderr, "%s\n", reason.c_str());
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(to_string(result.error()));
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

Figures make(store::Database& database, std::int64_t count) {
  must(database.migrate());
  test::WorkWorld world(database);
  const std::array<double, 2> shares{0.96875, 0.03125};
  const auto bytes = std::as_bytes(std::span(shares));
  const store::Blob posterior(bytes.begin(), bytes.end());
  must(database.write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(tx.execute(kAddTasks, world.project(), count / 3));
    MIZAN_CHECK_OK(tx.execute(kAddTaskStates, world.project()));
    MIZAN_CHECK_OK(tx.execute(kAddAssignments, world.project(), world.supplier()));
    MIZAN_CHECK_OK(tx.execute(kAddAnnotations, world.project()));
    return Result<void>(tx.execute(kAddConsensus, world.project(), posterior).map([](auto) {}));
  }));
  return {count, 0};
}

Figures drain(app::RowExport& rows, std::string_view mode) {
  Figures figures;
  std::string piece;
  for (bool has_more = true; has_more;) {
    piece.clear();
    has_more = must(rows.next(piece));
    figures.byte_count += piece.size();
    if (mode != "parquet")
      for (const char c : piece) figures.row_count += c == '\n' ? 1 : 0;
  }
  if (mode == "csv") --figures.row_count;
  return figures;
}

constexpr store::Query kOnlyProject{"bench_only_project", "SELECT project_id FROM projects"};

Figures export_all(store::Database& database, std::string_view mode) {
  const SystemClock clock;
  app::Service service({.database = database, .clock = clock});
  const auto project = must(database.read([](store::Transaction& tx) {
    return tx.row(kOnlyProject, [](const store::Row& row) { return row.id<domain::ProjectId>(0); });
  }));
  const app::Caller caller = app::system_caller();
  if (mode == "consensus")
    return drain(*must(app::export_consensus(service, caller, {.project = project})), mode);
  const auto format = must(app::export_format(mode));
  return drain(*must(app::export_annotations(service, caller, {.project = project, .format = format})), mode);
}

Figures scan(const char* path) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK ||
      sqlite3_prepare_v2(database, kScan, -1, &statement, nullptr) != SQLITE_OK)
    give_up(sqlite3_errmsg(database));
  Figures figures;
  std::string line;
  for (; sqlite3_step(statement) == SQLITE_ROW; ++figures.row_count) {
    line.clear();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      if (text != nullptr) line.append(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
      line += ',';
    }
    figures.byte_count += line.size();
  }
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return figures;
}

Figures run(const char* path, std::string_view mode, std::int64_t count) {
  if (mode == "scan") return scan(path);
  const auto database = must(store::Database::open(path));
  return mode == "make" ? make(*database, count) : export_all(*database, mode);
}

}  // namespace
}  // namespace mizan::bench

int main(int argument_count, char** arguments) {
  if (argument_count < 3) mizan::bench::give_up("mizan_export_bench FILE make COUNT | scan | jsonl | csv …");
  const auto begin = std::chrono::steady_clock::now();
  const auto figures = mizan::bench::run(arguments[1], arguments[2],
                                         argument_count > 3 ? std::strtoll(arguments[3], nullptr, 10) : 0);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("{\"rows\":%lld,\"bytes\":%zu,\"seconds\":%.3f,\"cpu_seconds\":%.3f,\"peak_mb\":%.1f}\n",
              static_cast<long long>(figures.row_count), figures.byte_count, seconds.count(),
              static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                  static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
              static_cast<double>(usage.ru_maxrss) / 1024);
}
